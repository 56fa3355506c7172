/** The texts of issues about the pages of records; in the form of `issueTexts`. */
export const pageTexts = {
  LIST_UNKNOWN: {
    en: ['Nothing called “{list}” belongs to {object}.', '{suggestion}'],
    'zh-CN': ['{object} 没有名为「{list}」的相关记录。', '{suggestion}'],
  },
  PANEL_DOUBLE: {
    en: ['Panel “{panel}” shows what another one shows already.', 'Remove one of the two.'],
    'zh-CN': ['面板「{panel}」显示的内容与另一个重复。', '请移除其中一个。'],
  },
  PANEL_UNFIT: {
    en: ['“{property}” says nothing where a panel shows “{show}”.', 'Remove it.'],
    'zh-CN': ['显示「{show}」的面板用不到「{property}」。', '请移除。'],
  },
  PANEL_ASTRAY: {
    en: ['“{field}” does not point at {object}.', 'Name the relation by which the report finds the record.'],
    'zh-CN': ['「{field}」没有指向 {object}。', '请填写报表用来找到这条记录的关系。'],
  },
  PAGE_DOUBLE: {
    en: ['{object} has a record page already: “{page}”.', 'Remove one of the two.'],
    'zh-CN': ['{object} 已有记录页「{page}」。', '请移除其中一个。'],
  },
} as const
