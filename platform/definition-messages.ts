/** The texts of the issues of definitions and rules, as in `messages.ts`. */
export const definitionTexts = {
  DRAFT_STALE: {
    en: ['Somebody changed this draft meanwhile.', 'Read it again, bring both together, and save.'],
    'zh-CN': ['期间有人修改了这份草稿。', '请重新读取，合并后再保存。'],
  },
  PACKAGE_UNKNOWN: {
    en: ['There is no package "{name}" here.', 'Choose one of the list of packages.'],
    'zh-CN': ['这里没有包「{name}」。', '请从包列表中选择。'],
  },
  PACKAGE_CONFLICT: {
    en: ['The package and this workspace say something else here.', 'Choose which of them stands.'],
    'zh-CN': ['包和本工作区在此处的内容不同。', '请选择保留哪一个。'],
  },
  // definitions
  JSON_INVALID: {
    en: ['This is not JSON: {reason}', 'Check brackets, commas and quotes near there.'],
    'zh-CN': ['这不是有效的 JSON：{reason}', '检查附近的括号、逗号和引号。'],
  },
  KIND_UNKNOWN: {
    en: ['The kind of this definition is not known.', 'Begin with one of: {kinds}.'],
    'zh-CN': ['无法识别这个定义的种类。', '第一个键应是：{kinds}。'],
  },
  SHAPE_INVALID: {
    en: ['{problem}', 'Look at the schema of this kind in metadata/schema.'],
    'zh-CN': ['{problem}', '请参照 metadata/schema 中该种类的结构。'],
  },
  PROPERTY_UNKNOWN: {
    en: ['“{property}” is not a property here.', '{suggestion}'],
    'zh-CN': ['这里没有属性「{property}」。', '{suggestion}'],
  },
  PROPERTY_MISSING: { en: ['“{property}” is missing.', 'Add “{property}”.'], 'zh-CN': ['缺少「{property}」。', '请补上「{property}」。'] },
  NAME_INVALID: {
    en: ['“{name}” cannot be a name.', 'Use a small letter, then up to 39 letters and digits, such as “{proposal}”.'],
    'zh-CN': ['「{name}」不能作为名称。', '以小写字母开头，后接最多 39 个字母或数字，例如「{proposal}」。'],
  },
  NAME_TAKEN: {
    en: ['The name “{name}” is taken by {owner}.', '“{proposal}” is free.'],
    'zh-CN': ['名称「{name}」已被{owner}占用。', '「{proposal}」可用。'],
  },
  ELEMENT_DOUBLE: {
    en: ['{kind} “{name}” is defined twice.', 'Remove one of the two.'],
    'zh-CN': ['{kind}「{name}」定义了两次。', '请删除其中一个。'],
  },
  FIELD_TYPE_UNKNOWN: { en: ['There is no field type “{type}”.', '{suggestion}'], 'zh-CN': ['没有字段类型「{type}」。', '{suggestion}'] },
  FIELD_UNKNOWN: { en: ['{object} has no field “{field}”.', '{suggestion}'], 'zh-CN': ['{object} 没有字段「{field}」。', '{suggestion}'] },
  OBJECT_UNKNOWN: { en: ['There is no object “{object}”.', '{suggestion}'], 'zh-CN': ['没有对象「{object}」。', '{suggestion}'] },
  RELATION_TARGET_UNKNOWN: {
    en: ['There is no object “{to}” to point at.', '{suggestion}'],
    'zh-CN': ['要指向的对象「{to}」不存在。', '{suggestion}'],
  },
  TITLE_UNKNOWN: {
    en: ['The title “{title}” is not a field of this object.', '{suggestion}'],
    'zh-CN': ['标题字段「{title}」不存在。', '{suggestion}'],
  },
  OPTION_DOUBLE: {
    en: ['The option “{value}” stands twice.', 'Give each option its own value.'],
    'zh-CN': ['选项「{value}」重复。', '每个选项要有自己的值。'],
  },
  OPTIONS_EMPTY: { en: ['A choice needs at least one option.', 'Add an option.'], 'zh-CN': ['至少要有一个选项。', '请添加选项。'] },
  OPTION_SET_UNKNOWN: { en: ['There is no option set “{set}”.', '{suggestion}'], 'zh-CN': ['没有选项集「{set}」。', '{suggestion}'] },
  OPTIONS_TWICE: {
    en: ['The choice has options of its own beside those of the set “{set}”.', 'Keep one of both.'],
    'zh-CN': ['该字段既有自己的选项，又使用选项集「{set}」。', '只保留其中之一。'],
  },
  STATE_UNKNOWN: { en: ['There is no state “{state}”.', '{suggestion}'], 'zh-CN': ['没有状态「{state}」。', '{suggestion}'] },
  STATE_DEFAULT: {
    en: ['Records cannot begin in “{state}”.', 'Choose an initial state as default: {initial}.'],
    'zh-CN': ['记录不能从「{state}」开始。', '默认值应是初始状态之一：{initial}。'],
  },
  STATE_LIMIT: {
    en: ['“{limit}” is no length of time.', 'Write days as a number, or an ISO 8601 duration such as P7D or PT4H.'],
    'zh-CN': ['「{limit}」不是时长。', '填写天数，或 ISO 8601 时长，例如 P7D、PT4H。'],
  },
  AUTOMATIC_ALWAYS: {
    en: ['What is taken as soon as it can be needs a condition.', 'Add `when`, or say after which time it is taken.'],
    'zh-CN': ['条件成立即自动流转时必须有条件。', '请添加 `when`，或填写多久之后自动流转。'],
  },
  AUTOMATIC_COMMENT: {
    en: ['What is taken by itself has nobody to write a comment.', 'Make the comment optional, or remove “automatic”.'],
    'zh-CN': ['自动流转时没有人填写说明。', '请将说明改为选填，或移除 automatic。'],
  },
  AUTOMATIC_CIRCLE: {
    en: ['These transitions follow each other in a circle: {states}.', 'Let one of them be taken by people, or after a time.'],
    'zh-CN': ['这些自动流转会循环进行：{states}。', '请将其中一个改为手动，或在一段时间之后进行。'],
  },
  STATE_FIELD_FIXED: {
    en: ['{field} cannot be written there.', 'Name a field that people can fill in.'],
    'zh-CN': ['{field}不能在此写入。', '请选择可以填写的字段。'],
  },
  STATE_NOT_ONE: {
    en: ['“{property}” is for states, and {field} has no state machine.', 'Remove it, or say the states and transitions of the field.'],
    'zh-CN': ['「{property}」只用于状态，而{field}没有状态机。', '请移除，或为字段定义状态与流转。'],
  },
  DEFAULT_INVALID: {
    en: ['The default {value} does not fit: {reason}', 'Choose a default that the field accepts.'],
    'zh-CN': ['默认值 {value} 不合适：{reason}', '请选择字段能接受的默认值。'],
  },
  RELATION_EXPECTED: {
    en: ['“{field}” of {object} points at no record.', 'Name a lookup, or “id” for the record itself.'],
    'zh-CN': ['{object} 的「{field}」不指向记录。', '请填写查找字段，或用「id」表示记录本身。'],
  },
  PROPERTY_UNFIT: {
    en: ['“{property}” does not fit a field of type {type}.', 'Remove it.'],
    'zh-CN': ['「{property}」不适用于类型 {type}。', '请移除。'],
  },
  BOUNDS_CROSSED: {
    en: ['The smallest value is above the largest.', 'Exchange {min} and {max}.'],
    'zh-CN': ['最小值大于最大值。', '请对调 {min} 与 {max}。'],
  },
  SCHEMA_INVALID: {
    en: ['This is no JSON Schema that can be checked by.', '{reason}'],
    'zh-CN': ['这不是可用于校验的 JSON Schema。', '{reason}'],
  },
  PATTERN_INVALID: {
    en: ['The pattern cannot be read: {reason}', 'Write a regular expression without look-behind.'],
    'zh-CN': ['无法识别该格式：{reason}', '请写正则表达式。'],
  },
  CURRENCY_FIELD_MISSING: {
    en: [
      'Money in the record’s currency needs a field of type currency.',
      'Add one field of type currency, or set currency to "workspace".',
    ],
    'zh-CN': ['跟随记录币种的金额需要一个币种字段。', '添加一个币种字段，或把 currency 设为 "workspace"。'],
  },
  CURRENCY_FIELD_DOUBLE: {
    en: ['An object has at most one field of type currency.', 'Remove one, or use currency "own".'],
    'zh-CN': ['一个对象最多只有一个币种字段。', '请移除一个，或使用 "own"。'],
  },
  DETAIL_DOUBLE: {
    en: ['An object belongs to one parent at most.', 'Make the other relation a lookup.'],
    'zh-CN': ['一个对象最多属于一个父对象。', '请把另一个关系改为查找。'],
  },
  HIERARCHY_DOUBLE: {
    en: ['An object has at most one hierarchy.', 'Make the other relation a lookup.'],
    'zh-CN': ['一个对象最多有一个层级。', '请把另一个关系改为查找。'],
  },
  FORMULA_CYCLE: {
    en: ['These formulas need each other: {cycle}.', 'Break the circle.'],
    'zh-CN': ['公式互相依赖：{cycle}。', '请打破循环。'],
  },
  CHILDREN_UNKNOWN: {
    en: ['{object} has no children “{child}”.', '{suggestion}'],
    'zh-CN': ['{object} 没有子记录「{child}」。', '{suggestion}'],
  },
  ROLLUP_UNFIT: {
    en: [
      '“{function}” cannot be taken of {field}, which is of type {type}.',
      'Choose another function, or a field that is stored and fits.',
    ],
    'zh-CN': ['不能对类型为{type}的字段 {field} 计算「{function}」。', '请换一种计算方式，或选择已存储且合适的字段。'],
  },
  ROLLUP_FAR: {
    en: [
      'This filter reads other records than the children.',
      'Filter by fields of the children; a stored formula can bring a value there.',
    ],
    'zh-CN': ['该筛选读取了子记录以外的记录。', '请按子记录自身的字段筛选；可用存储型公式把值带到子记录上。'],
  },
  ROLLUP_CURRENCY: {
    en: [
      'The currency of {field} stands in another record than the one it is gathered in.',
      'Gather it in its parent, in the record’s currency.',
    ],
    'zh-CN': ['{field} 的币种存放在汇总目标以外的记录上。', '请在其父记录上按记录币种汇总。'],
  },
  KEPT_MOMENT: {
    en: ['A value that is kept cannot depend on the time or on who asks.', 'Take “stored” away, or leave out now, today and user.'],
    'zh-CN': ['存储的值不能取决于当前时间或访问者。', '请取消「stored」，或不要使用 now、today、user。'],
  },
  ELEMENT_UNKNOWN: { en: ['There is no {kind} “{name}”.', '{suggestion}'], 'zh-CN': ['没有{kind}「{name}」。', '{suggestion}'] },
  WAS_TAKEN: {
    en: ['“{name}” is a present name and cannot be a former one too.', 'Remove it from “was”.'],
    'zh-CN': ['「{name}」是现有名称，不能同时是曾用名。', '请从 was 中移除。'],
  },
  GRANT_EMPTY: {
    en: ['The role grants nothing on {object}.', 'Name at least one action.'],
    'zh-CN': ['角色对「{object}」没有任何授权。', '至少写一个操作。'],
  },
  GRANT_ACTION_MISSING: {
    en: ['A rule for “{action}” says nothing: the action is not granted.', 'Add “{action}” to the actions, or remove the rule.'],
    'zh-CN': ['未授予「{action}」，这条规则不起作用。', '请在操作中加入「{action}」，或删除该规则。'],
  },
  MASK_UNFIT: {
    en: ['{field} cannot be shown in part.', 'Hide it, or mask a stored text, e-mail, phone or web address.'],
    'zh-CN': ['「{field}」不能部分显示。', '请将其隐藏；只有存储的文本、邮箱、电话和网址可以打码。'],
  },
  ACCESS_PARENT: {
    en: ['{object} has no parent.', 'Choose another default, or add a field of type masterDetail.'],
    'zh-CN': ['{object}没有父记录。', '请选择其他默认值，或添加 masterDetail 字段。'],
  },
  ACCESS_OWNER: {
    en: ['Records of {object} have no owner.', 'Say “owner”: “user”, or leave this out.'],
    'zh-CN': ['{object}的记录没有负责人。', '请设置 "owner": "user"，或删除此项。'],
  },
  ACCESS_GROUP_FIELD: {
    en: ['{field} cannot name a group.', 'Choose a stored text or select field.'],
    'zh-CN': ['「{field}」不能用来指定组。', '请选择存储的文本或选项字段。'],
  },
  POOL_SINCE: {
    en: ['{field} is no stored day or time.', 'Choose a date or date-time that is kept.'],
    'zh-CN': ['「{field}」不是存储的日期或时间。', '请选择存储的日期或日期时间字段。'],
  },
  POOL_WARNING: {
    en: ['The warning comes after {warn} days, too late for {days}.', 'Warn earlier than the record goes back.'],
    'zh-CN': ['{warn} 天后提醒晚于 {days} 天的回收期限。', '提醒应早于回收。'],
  },
  MEASURE_UNFIT: {
    en: ['“{function}” cannot be taken of {field} ({type}).', 'Choose a field with numbers.'],
    'zh-CN': ['不能对 {field}（{type}）求 {function}。', '请选择数值字段。'],
  },
  CURRENCY_MIXED: {
    en: ['A sum over several currencies needs grouping by {currency}.', 'Group by {currency}, or convert first.'],
    'zh-CN': ['多币种金额求和需要按 {currency} 分组。', '请按 {currency} 分组，或先换算。'],
  },
  // rules
  RULE_INVALID: {
    en: ['This is no rule: {reason}', 'A rule is a value or one operator with its arguments.'],
    'zh-CN': ['这不是规则：{reason}', '规则是一个值，或一个运算及其参数。'],
  },
  RULE_OPERATOR_UNKNOWN: {
    en: ['There is no operator “{operator}”.', '{suggestion}'],
    'zh-CN': ['没有运算「{operator}」。', '{suggestion}'],
  },
  RULE_FIELD_UNKNOWN: { en: ['“{field}” is not known here.', '{suggestion}'], 'zh-CN': ['这里没有「{field}」。', '{suggestion}'] },
  RULE_TYPE_MISMATCH: {
    en: ['{operator} takes {expected} here, not {actual}.', 'Use a value of that type.'],
    'zh-CN': ['{operator} 这里需要 {expected}，而不是 {actual}。', '请使用对应类型的值。'],
  },
  RULE_ARGUMENTS: {
    en: ['{operator} takes {expected} arguments, not {actual}.', 'Add or remove arguments.'],
    'zh-CN': ['{operator} 需要 {expected} 个参数，而不是 {actual} 个。', '请增减参数。'],
  },
  RULE_TOO_LARGE: {
    en: ['The rule is too large ({limit}).', 'Split it into several.'],
    'zh-CN': ['规则太大（{limit}）。', '请拆成几条。'],
  },
  RULE_TOO_LONG: {
    en: ['The rule looks at too many rows.', 'Use a rollup field, or look at fewer rows.'],
    'zh-CN': ['规则要查看的行太多。', '请使用汇总字段，或减少行数。'],
  },
  RULE_ROWS: {
    en: ['Rows cannot be looked at here.', 'Make a rollup field and use it.'],
    'zh-CN': ['此处不能查看明细行。', '请建立汇总字段并使用它。'],
  },
  RULE_TREE: {
    en: ['No tree can be followed here.', 'Name a relation to an object with a hierarchy, where rules look at other records.'],
    'zh-CN': ['此处不能使用层级。', '请使用指向带层级对象的关联字段，并用在可查看其他记录的规则中。'],
  },
  RULE_NOT_SQL: {
    en: ['{operator} cannot be used where the database answers.', 'Use another operator.'],
    'zh-CN': ['{operator} 不能用于数据库查询。', '请换一个运算。'],
  },
  SET_VALUES_DOUBLE: {
    en: [
      '{count} combinations of {fields} stand in several records, so they cannot be unique.',
      'Make them different first, such as “{example}”.',
    ],
    'zh-CN': ['{fields}有 {count} 个重复的组合，不能设为唯一。', '请先修改重复的组合，例如「{example}」。'],
  },
  RANGES_OVERLAP: {
    en: ['{count} records overlap others from {from} to {to}.', 'Change them first, such as the one that begins with {example}.'],
    'zh-CN': ['有 {count} 条记录的{from}至{to}与其他记录重叠。', '请先修改它们，例如从 {example} 开始的那条。'],
  },
  NUMBER_PARTS_MISSING: {
    en: ['Numbers that begin anew would come twice.', 'Put {parts} into the format.'],
    'zh-CN': ['重新计数后编号会重复。', '请在格式中加入 {parts}。'],
  },
  EXAMPLE_FAILED: {
    en: ['The example fails. Given {given}: expected {expected}, but is {actual}.', 'Change the rule, or what the example expects.'],
    'zh-CN': ['示例不通过。给定{given}：期望{expected}，实际为{actual}。', '请修改规则，或修改示例的期望值。'],
  },
  EXAMPLE_READING: {
    en: [
      'The readings of the rule differ on this example. Given {given}: {reading} comes to {there}, JavaScript to {here}.',
      'Not the rule is wrong but how it is read. Write it in another way, and report this.',
    ],
    'zh-CN': [
      '规则的不同读法对此示例结果不一致。给定{given}：{reading} 得{there}，JavaScript 得{here}。',
      '问题不在规则，而在读法。请换一种写法，并报告此问题。',
    ],
  },
  EXAMPLE_RULE: {
    en: ['The field has no such rule, or several.', 'Say with “for” which rule the example is of: {rules}.'],
    'zh-CN': ['该字段没有这条规则，或有多条规则。', '用「for」指明示例属于哪条规则：{rules}。'],
  },
  EXAMPLE_VALUE: {
    en: ['This value does not fit {name}.', 'Give a value of its type.'],
    'zh-CN': ['该值不适用于{name}。', '请给出该类型的值。'],
  },
} as const
