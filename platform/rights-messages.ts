/** The texts of the issues of groups, roles for a time, shares and the pool, as in `messages.ts`. */
export const rightsTexts = {
  RESTORE_TAKEN: {
    en: ['{field} “{value}” now belongs to “{by}”.', 'Change it there, then restore.'],
    'zh-CN': ['{field}「{value}」已被「{by}」使用。', '请先修改该记录，再恢复。'],
  },
  RESTORE_PARENT: {
    en: ['{field} “{title}” is deleted.', 'Restore that first.'],
    'zh-CN': ['{field}「{title}」已被删除。', '请先恢复它。'],
  },
  RESTORE_GONE: {
    en: ['{field} points at a record that is gone.', 'It cannot come back without it; make it anew.'],
    'zh-CN': ['{field}指向的记录已不存在。', '缺少它无法恢复，请重新新建。'],
  },
  RESTORE_HELD: {
    en: ['Something that you do not see keeps it from coming back.', 'Ask an admin to restore it.'],
    'zh-CN': ['因你无权查看的内容而无法恢复。', '请联系管理员恢复。'],
  },
  GROUP_UNKNOWN: {
    en: ['There is no group “{name}” to stand below.', 'Name one of the same kind.'],
    'zh-CN': ['没有可作为上级的「{name}」。', '请填写同类的组。'],
  },
  GROUP_CIRCLE: {
    en: ['“{name}” stands below this one already.', 'Choose another one above.'],
    'zh-CN': ['「{name}」已在其下级。', '请选择其他上级。'],
  },
  MEMBER_UNKNOWN: {
    en: ['There is no such member or group.', 'Choose somebody who is active.'],
    'zh-CN': ['没有这个成员或组。', '请选择启用中的成员。'],
  },
  TIMES_CROSSED: {
    en: ['It would end before it begins.', 'Choose a later end.'],
    'zh-CN': ['结束时间早于开始时间。', '请选择更晚的结束时间。'],
  },
  SHARE_UNFIT: {
    en: ['{objects} cannot be shared one by one.', 'An admin can give the object “access”.'],
    'zh-CN': ['{objects}不能单独共享。', '管理员可为该对象设置 access。'],
  },
  CLAIM_UNFIT: {
    en: ['{objects} cannot be claimed.', 'They have no pool and no queue.'],
    'zh-CN': ['{objects}不能领取。', '该对象没有公海或队列。'],
  },
  CLAIM_TAKEN: { en: ['Somebody else has this record now.', 'Choose another one.'], 'zh-CN': ['该记录已被领取。', '请选择其他记录。'] },
  CLAIM_LIMIT: {
    en: ['You have {count} {objects}; the limit is {limit}.', 'Release some first.'],
    'zh-CN': ['你已有 {count} 条{objects}，上限为 {limit}。', '请先释放一些。'],
  },
  CLAIM_AGAIN: {
    en: ['You had this record; you may claim it again on {day}.', 'Leave it to somebody else until then.'],
    'zh-CN': ['你曾负责该记录，{day} 起才能再次领取。', '在此之前请留给其他人。'],
  },
} as const
