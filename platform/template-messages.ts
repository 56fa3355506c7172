/** The texts of issues about templates; in the form of `issueTexts`. */
export const templateTexts = {
  TEMPLATE_OBJECT: {
    en: ['A template holds one object; this one holds {count}.', 'Put one object into it; what points at others names those that exist.'],
    'zh-CN': ['模板应包含一个对象，这里有 {count} 个。', '请只放入一个对象，关联其他对象时使用已有的对象。'],
  },
  TEMPLATE_KIND: {
    en: ['A template holds no “{kind}”.', 'Put only these into it: {kinds}.'],
    'zh-CN': ['模板中不能包含「{kind}」。', '只能放入：{kinds}。'],
  },
  TEMPLATE_ASTRAY: {
    en: ['“{name}” is not for the object of the template.', 'Make it one for “{object}”, or remove it.'],
    'zh-CN': ['「{name}」不属于模板中的对象。', '请改为用于「{object}」，或移除。'],
  },
} as const
