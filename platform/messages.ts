import { accessTexts } from './access-messages.js'
import { definitionTexts } from './definition-messages.js'

import { importTexts } from './import-messages.js'
import { pageTexts } from './page-messages.js'

import { publishingTexts } from './publishing-messages.js'

import { rightsTexts } from './rights-messages.js'

import { templateTexts } from './template-messages.js'

/** The texts of every issue, by code: `[what is wrong, what to do]` in each language; `{name}` is filled from the issue's params. */
export const issueTexts = {
  ...definitionTexts,
  ...accessTexts,
  ...publishingTexts,
  ...rightsTexts,
  ...pageTexts,
  ...templateTexts,
  ...importTexts,
  BODY_TOO_LARGE: {
    en: ['The request is larger than {limit} MB.', 'Send it in smaller parts.'],
    'zh-CN': ['请求超过 {limit} MB。', '请分批发送。'],
  },
  // publishing
  CONFIRM_NEEDED: { en: ['{what} loses {loses}.', 'Confirm it to go on.'], 'zh-CN': ['{what}会丢失{loses}。', '确认后才能继续。'] },
  VERSION_STALE: {
    en: ['Somebody published version {present} meanwhile.', 'Look at the new version and publish again.'],
    'zh-CN': ['期间有人发布了版本 {present}。', '查看新版本后再发布。'],
  },
  VERSION_UNKNOWN: {
    en: ['There is no version {version}.', 'Choose one of the list of versions.'],
    'zh-CN': ['没有版本 {version}。', '请从版本列表中选择。'],
  },
  VALUES_DOUBLE: {
    en: ['{count} values of {field} stand in several records, so it cannot be unique.', 'Make them different first, such as “{example}”.'],
    'zh-CN': ['{field}有 {count} 个重复的值，不能设为唯一。', '请先修改重复的值，例如「{example}」。'],
  },
  FILE_NOT_CANONICAL: {
    en: ['The file is not in its canonical form.', 'Run "npx tessera check --write".'],
    'zh-CN': ['文件不是规范格式。', '运行 "npx tessera check --write"。'],
  },
  FILE_MISPLACED: { en: ['This definition belongs into {file}.', 'Move the file.'], 'zh-CN': ['该定义应放在 {file}。', '请移动文件。'] },
  SCHEMA_OUTDATED: {
    en: ['The schema file is not current.', 'Run "npm run schema".'],
    'zh-CN': ['模式文件不是最新的。', '运行 "npm run schema"。'],
  },
  UNAVAILABLE: {
    en: [
      'The database of this workspace cannot be reached right now.',
      'Try again in a moment; look first whether your last change is there.',
    ],
    'zh-CN': ['暂时无法连接此工作区的数据库。', '请稍后再试；重试前先确认上次的修改是否已保存。'],
  },
  STORAGE_BUSY: { en: ['The tables are busy.', 'Try again in a moment.'], 'zh-CN': ['数据表正忙。', '稍后再试。'] },
  // records
  VALUE_REQUIRED: { en: ['{field} is required.', 'Enter {field}.'], 'zh-CN': ['「{field}」必填。', '请填写{field}。'] },
  VALUE_TYPE: { en: ['{field} takes {expected}.', 'Enter {expected}.'], 'zh-CN': ['{field}应为{expected}。', '请输入{expected}。'] },
  VALUE_TOO_SMALL: {
    en: ['{field} must be at least {min}.', 'Enter {min} or more.'],
    'zh-CN': ['{field}不能小于 {min}。', '请输入不小于 {min} 的值。'],
  },
  VALUE_TOO_LARGE: {
    en: ['{field} must be at most {max}.', 'Enter {max} or less.'],
    'zh-CN': ['{field}不能大于 {max}。', '请输入不大于 {max} 的值。'],
  },
  VALUE_TOO_LONG: {
    en: ['{field} has more than {max} characters.', 'Shorten it to {max} characters.'],
    'zh-CN': ['{field}超过 {max} 个字符。', '请缩短到 {max} 个字符以内。'],
  },
  VALUE_TOO_SHORT: {
    en: ['{field} needs at least {min} characters.', 'Enter at least {min} characters.'],
    'zh-CN': ['{field}至少要 {min} 个字符。', '请至少输入 {min} 个字符。'],
  },
  VALUES_TOO_MANY: {
    en: ['{field} has more than {max} values.', 'Leave at most {max}.'],
    'zh-CN': ['{field}超过 {max} 个值。', '最多保留 {max} 个。'],
  },
  VALUE_SCHEMA: {
    en: ['{field} does not fit its schema at “{at}”.', '{problem}'],
    'zh-CN': ['{field}在「{at}」处不符合其结构。', '{problem}'],
  },
  VALUE_DEEP: {
    en: ['{field} has more than {max} levels.', 'Make it flatter.'],
    'zh-CN': ['{field}超过 {max} 层。', '请减少嵌套层数。'],
  },
  VALUE_PATTERN: {
    en: ['{field} does not have the expected form.', 'Expected form: {pattern}'],
    'zh-CN': ['{field}格式不对。', '格式应为：{pattern}'],
  },
  VALUE_SCALE: {
    en: ['{field} has more than {scale} decimals.', 'Round it to {scale} decimals.'],
    'zh-CN': ['{field}超过 {scale} 位小数。', '请保留 {scale} 位小数。'],
  },
  OPTION_UNKNOWN: {
    en: ['“{value}” is not an option of {field}.', '{suggestion}'],
    'zh-CN': ['「{value}」不是{field}的选项。', '{suggestion}'],
  },
  OPTION_UNFIT: {
    en: ['“{value}” of {field} does not belong to the chosen {parent}.', 'Choose another {field}, or change {parent}.'],
    'zh-CN': ['{field}「{value}」不属于所选的{parent}。', '请重新选择{field}，或修改{parent}。'],
  },
  OPTION_INACTIVE: {
    en: ['The option “{value}” of {field} is no longer in use.', 'Choose another one.'],
    'zh-CN': ['{field}的选项「{value}」已停用。', '请选择其他选项。'],
  },
  CHAIN_REPEATED: { en: ['Not started again: no new value.', 'Find the loop.'], 'zh-CN': ['未再次启动：没有新值。', '请检查循环。'] },
  CHAIN_TOO_LONG: { en: ['Not started: {limit} runs before.', 'Find the loop.'], 'zh-CN': ['未启动：已连续 {limit} 次。', '请检查循环。'] },
  CHARACTER_FORBIDDEN: {
    en: ['{field} holds a character that cannot be stored.', 'Remove control characters and broken symbols.'],
    'zh-CN': ['{field}含有无法保存的字符。', '请删除控制字符和残缺符号。'],
  },
  FIELD_NOT_WRITABLE: { en: ['{field} cannot be written.', 'Leave it out.'], 'zh-CN': ['{field}不能写入。', '请不要提交该字段。'] },
  FIELD_SET_ONCE: { en: ['{field} can only be set once.', 'Leave it as it is.'], 'zh-CN': ['{field}只能设置一次。', '请保持原值。'] },
  FIELD_LOCKED: {
    en: ['{field} cannot be changed now.', 'Leave it as it is, or first change what keeps it read-only.'],
    'zh-CN': ['{field}目前不能修改。', '请保持原值，或先修改使其只读的内容。'],
  },
  OPTION_CLOSED: {
    en: ['“{option}” cannot be chosen for {field} here.', 'Choose another one.'],
    'zh-CN': ['{field}在此不能选「{option}」。', '请选择其他选项。'],
  },
  INPUT_UNKNOWN: { en: ['“{key}” is not known here.', 'Leave it out.'], 'zh-CN': ['这里没有「{key}」。', '请去掉它。'] },
  RECORD_UNKNOWN: {
    en: ['{field} points at a record that does not exist.', 'Choose an existing one.'],
    'zh-CN': ['{field}指向的记录不存在。', '请选择已有的记录。'],
  },
  CANDIDATE_UNFIT: {
    en: ['The chosen {field} does not fit this record.', 'Choose one of those that are offered, or empty {field}.'],
    'zh-CN': ['所选的{field}与本记录不匹配。', '请从可选项中选择，或清空{field}。'],
  },
  MATCH_NONE: { en: ['{field}: nothing is called “{value}”.', '{suggestion}'], 'zh-CN': ['{field}：没有「{value}」。', '{suggestion}'] },
  KIND_MISSING: {
    en: [
      '{field}: “{value}” does not say of which kind it is.',
      'Write the kind before the name, as in “{example}”, or map a column with the kinds.',
    ],
    'zh-CN': ['{field}：「{value}」没有说明是哪一类记录。', '请在名称前写明类型（如「{example}」），或为类型另设一列。'],
  },
  MATCH_SEVERAL: {
    en: ['{field}: several records are called “{value}”.', 'Use a key that is unique.'],
    'zh-CN': ['{field}：有多条记录叫「{value}」。', '请使用唯一的键。'],
  },
  VALUE_DUPLICATE: {
    en: ['{field} “{value}” is already in use.', 'Choose another value, or open the existing record.'],
    'zh-CN': ['{field}「{value}」已被使用。', '请换一个值，或打开已有记录。'],
  },
  LINKS_TOO_MANY: {
    en: ['At most {max} links of {links} fit here.', 'Remove one first.'],
    'zh-CN': ['{links}在此最多 {max} 个关联。', '请先移除一个。'],
  },
  SET_DUPLICATE: { en: ['{message}', '{hint}'], 'zh-CN': ['{message}', '{hint}'] },
  RANGE_CROSSED: {
    en: ['{to} must come after {from}.', 'Exchange the two, or leave one of them empty.'],
    'zh-CN': ['{to}要在{from}之后。', '请对调两者，或留空其中一个。'],
  },
  RANGE_OVERLAPS: { en: ['{message}', '{hint}'], 'zh-CN': ['{message}', '{hint}'] },
  HIERARCHY_CYCLE: {
    en: ['{field} would make the record its own ancestor.', 'Choose a record outside its branch.'],
    'zh-CN': ['{field}会让记录成为自己的上级。', '请选择分支之外的记录。'],
  },
  PARENT_MISSING: {
    en: ['A line needs its {field}.', 'Create it inside its parent, or name the parent.'],
    'zh-CN': ['明细缺少{field}。', '请在父记录中创建，或指定父记录。'],
  },
  DELETE_RESTRICTED: {
    en: ['{count} {objects} still point at this record.', 'Change or delete them first.'],
    'zh-CN': ['还有 {count} 条{objects}指向该记录。', '请先修改或删除它们。'],
  },
  DELETE_HANDS_OVER: {
    en: ['{count} {objects} point at what is deleted and go over to another record.', 'Name the record that takes them over: reassignTo.'],
    'zh-CN': ['有 {count} 条{objects}指向要删除的记录，需移交给另一条记录。', '请用 reassignTo 指定接收的记录。'],
  },
  SUCCESSOR_UNFIT: {
    en: ['This record cannot take over.', 'Name another one of the same object that is not deleted too.'],
    'zh-CN': ['该记录不能接收移交。', '请指定同一对象中不会一并删除的另一条记录。'],
  },
  DELETE_TOO_LARGE: {
    en: ['More than {max} records would get another record to point at.', 'Delete fewer at once, or move some of the records first.'],
    'zh-CN': ['需要改指其他记录的记录超过 {max} 条。', '请减少删除的数量，或先转移一部分记录。'],
  },
  DELETE_HIDDEN: {
    en: ['Something that you may not see stands against this deletion.', 'Ask somebody who may see everything here to delete.'],
    'zh-CN': ['有你看不到的内容阻止了这次删除。', '请由能看到全部内容的人来删除。'],
  },
  MERGE_COUNT: {
    en: ['A merge takes 1 to {max} other records.', 'Choose fewer, or merge in several steps.'],
    'zh-CN': ['一次合并可选 1 到 {max} 条其他记录。', '请少选一些，或分几次合并。'],
  },
  MERGE_SELF: {
    en: ['A record cannot be merged into itself.', 'Choose another record to merge.'],
    'zh-CN': ['记录不能合并到自己。', '请选择另一条记录。'],
  },
  MERGE_TOO_LARGE: {
    en: ['More than {max} records point at those that are merged.', 'Merge fewer at once, or move some of the records first.'],
    'zh-CN': ['指向被合并记录的记录超过 {max} 条。', '请减少合并的数量，或先转移一部分记录。'],
  },
  MERGE_HIDDEN: {
    en: ['Something that you may not see stands against this merge.', 'Ask somebody who may see everything here to merge.'],
    'zh-CN': ['有你看不到的内容阻止了这次合并。', '请由能看到全部内容的人来合并。'],
  },
  RECORD_MERGED: {
    en: ['This record was merged into another one.', 'Work on with the record that it was merged into, or undo the merge.'],
    'zh-CN': ['该记录已合并到另一条记录。', '请使用合并后的记录，或撤销合并。'],
  },
  MERGE_UNKNOWN: {
    en: ['There is no merge of this record that can be undone.', 'A merge can be undone for {days} days.'],
    'zh-CN': ['该记录没有可以撤销的合并。', '合并可在 {days} 天内撤销。'],
  },
  MERGE_MOVED_ON: {
    en: ['The record that it was merged into is not there any more.', 'Restore that record first, or undo its own merge.'],
    'zh-CN': ['合并后的记录已不在。', '请先恢复那条记录，或撤销它的合并。'],
  },
  MERGE_LEFT: {
    en: ['{field} was changed since the merge and stays as it is.', 'Look at the record and change it by hand if needed.'],
    'zh-CN': ['{field}在合并后被修改过，保持不变。', '请查看该记录，如有需要请手动修改。'],
  },
  RATE_MISSING: {
    en: ['There is no exchange rate of {currency} for {day}.', 'An admin enters it in the studio, under Exchange rates.'],
    'zh-CN': ['缺少 {currency} 在 {day} 的汇率。', '请管理员在工作室的「汇率」中录入。'],
  },
  TRANSITION_REFUSED: { en: ['{reason}', '{hint}'], 'zh-CN': ['{reason}', '{hint}'] },
  TRANSITION_UNKNOWN: {
    en: ['There is no transition “{transition}”.', '{suggestion}'],
    'zh-CN': ['没有流转「{transition}」。', '{suggestion}'],
  },
  STATE_LOCKS: {
    en: ['{field} cannot change while {by} is “{state}”.', 'Change {by} first.'],
    'zh-CN': ['{by}为「{state}」时不能修改{field}。', '请先变更{by}。'],
  },
  RULE_VIOLATED: { en: ['{message}', '{hint}'], 'zh-CN': ['{message}', '{hint}'] },
  RECORD_NOT_FOUND: { en: ['This record does not exist.', 'It may have been deleted.'], 'zh-CN': ['记录不存在。', '可能已被删除。'] },
  VERSION_CONFLICT: {
    en: ['The record was changed meanwhile: it has version {present}.', 'Read it again and decide which values to keep.'],
    'zh-CN': ['记录期间被修改过，当前版本是 {present}。', '请重新读取，再决定保留哪些值。'],
  },
  ACTION_FORBIDDEN: {
    en: ['You may not {action} {objects}.', 'Ask an admin for this right.'],
    'zh-CN': ['你没有{objects}的「{action}」权限。', '请向管理员申请。'],
  },
  INPUT_INVALID: { en: ['{problem}', 'Correct the input.'], 'zh-CN': ['{problem}', '请修正输入。'] },
  KEY_UNFIT: {
    en: ['“{key}” cannot be used to match: it is not unique.', 'Use id or a unique field.'],
    'zh-CN': ['「{key}」不能用于匹配：它不唯一。', '请使用 id 或唯一字段。'],
  },
  ID_INVALID: { en: ['“{value}” is not an id.', 'Use the id of a record.'], 'zh-CN': ['「{value}」不是 id。', '请使用记录的 id。'] },
} as const satisfies Readonly<Record<string, Readonly<Record<'en' | 'zh-CN', readonly [string, string]>>>>

export type IssueCode = keyof typeof issueTexts
