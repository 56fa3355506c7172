/** The texts of every issue, by code: `[what is wrong, what to do]` in each language; `{name}` is filled from the issue's params. */
export const issueTexts = {
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
  DEFAULT_INVALID: {
    en: ['The default {value} does not fit: {reason}', 'Choose a default that the field accepts.'],
    'zh-CN': ['默认值 {value} 不合适：{reason}', '请选择字段能接受的默认值。'],
  },
  PROPERTY_UNFIT: {
    en: ['“{property}” does not fit a field of type {type}.', 'Remove it.'],
    'zh-CN': ['「{property}」不适用于类型 {type}。', '请移除。'],
  },
  BOUNDS_CROSSED: {
    en: ['The smallest value is above the largest.', 'Exchange {min} and {max}.'],
    'zh-CN': ['最小值大于最大值。', '请对调 {min} 与 {max}。'],
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
  ELEMENT_UNKNOWN: { en: ['There is no {kind} “{name}”.', '{suggestion}'], 'zh-CN': ['没有{kind}「{name}」。', '{suggestion}'] },
  WAS_TAKEN: {
    en: ['“{name}” is a present name and cannot be a former one too.', 'Remove it from “was”.'],
    'zh-CN': ['「{name}」是现有名称，不能同时是曾用名。', '请从 was 中移除。'],
  },
  GRANT_EMPTY: {
    en: ['The role grants nothing on {object}.', 'Name at least one action.'],
    'zh-CN': ['角色对「{object}」没有任何授权。', '至少写一个操作。'],
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
  RULE_NOT_SQL: {
    en: ['{operator} cannot be used where the database answers.', 'Use another operator.'],
    'zh-CN': ['{operator} 不能用于数据库查询。', '请换一个运算。'],
  },
  // access
  SIGN_IN_FAILED: {
    en: ['E-mail or password is not right.', 'Try again, or ask an admin for a new password.'],
    'zh-CN': ['邮箱或密码不正确。', '请重试，或联系管理员重置密码。'],
  },
  SIGN_IN_LIMITED: {
    en: ['Too many failed attempts.', 'Wait {minutes} minutes and try again.'],
    'zh-CN': ['失败次数过多。', '请等待 {minutes} 分钟后重试。'],
  },
  SIGN_IN_NEEDED: { en: ['You are not signed in.', 'Sign in and try again.'], 'zh-CN': ['你尚未登录。', '请登录后重试。'] },
  ADMIN_NEEDED: {
    en: ['Only an admin may do this.', 'Ask an admin of the workspace.'],
    'zh-CN': ['只有管理员可以执行此操作。', '请联系工作区管理员。'],
  },
  CODE_WRONG: {
    en: ['The one-time code is not right.', 'Take it from the log of the server.'],
    'zh-CN': ['一次性代码不正确。', '请查看服务器日志中的代码。'],
  },
  SETTING_INVALID: { en: ['“{value}” does not fit here.', 'Choose {expected}.'], 'zh-CN': ['「{value}」不适用。', '请选择{expected}。'] },
  ORIGIN_FOREIGN: {
    en: ['The request comes from another site.', 'Send it from the app itself, or with a token.'],
    'zh-CN': ['请求来自其他站点。', '请在应用内操作，或使用令牌。'],
  },
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
  STORAGE_BUSY: { en: ['The tables are busy.', 'Try again in a moment.'], 'zh-CN': ['数据表正忙。', '稍后再试。'] },
  // records
  VALUE_REQUIRED: { en: ['{field} is required.', 'Enter {field}.'], 'zh-CN': ['请填写{field}。', '「{field}」必填。'] },
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
  INPUT_UNKNOWN: { en: ['“{key}” is not known here.', 'Leave it out.'], 'zh-CN': ['这里没有「{key}」。', '请去掉它。'] },
  RECORD_UNKNOWN: {
    en: ['{field} points at a record that does not exist.', 'Choose an existing one.'],
    'zh-CN': ['{field}指向的记录不存在。', '请选择已有的记录。'],
  },
  MATCH_NONE: { en: ['{field}: nothing is called “{value}”.', '{suggestion}'], 'zh-CN': ['{field}：没有「{value}」。', '{suggestion}'] },
  MATCH_SEVERAL: {
    en: ['{field}: several records are called “{value}”.', 'Use a key that is unique.'],
    'zh-CN': ['{field}：有多条记录叫「{value}」。', '请使用唯一的键。'],
  },
  VALUE_DUPLICATE: {
    en: ['{field} “{value}” is already in use.', 'Choose another value, or open the existing record.'],
    'zh-CN': ['{field}「{value}」已被使用。', '请换一个值，或打开已有记录。'],
  },
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
  // files and imports
  FILE_MISSING: {
    en: ['There is no file in the request.', 'Send one file as multipart/form-data.'],
    'zh-CN': ['请求中没有文件。', '以 multipart/form-data 上传一个文件。'],
  },
  FILE_UNKNOWN: { en: ['There is no such file.', 'Upload it again.'], 'zh-CN': ['文件不存在。', '重新上传。'] },
  FILE_EMPTY: {
    en: ['The file has no rows.', 'It needs a line with column names and one with values.'],
    'zh-CN': ['文件没有数据行。', '文件至少要有一行列名和一行数据。'],
  },
  FILE_NOT_CSV: {
    en: ['Line {line} cannot be read: {reason}', 'Save the file as CSV in UTF-8 and upload it again.'],
    'zh-CN': ['第 {line} 行无法读取：{reason}', '另存为 UTF-8 编码的 CSV 后重新上传。'],
  },
  COLUMN_UNKNOWN: { en: ['The file has no column “{column}”.', '{suggestion}'], 'zh-CN': ['文件没有「{column}」列。', '{suggestion}'] },
  FIELD_FED_TWICE: { en: ['Two columns feed {field}.', 'Keep one of them.'], 'zh-CN': ['有两列都映射到{field}。', '只保留其中一列。'] },
  MAPPING_EMPTY: {
    en: ['No column is mapped to a field.', 'Choose a field for at least one column.'],
    'zh-CN': ['没有任何列映射到字段。', '至少为一列选择字段。'],
  },
  MAPPING_INVALID: {
    en: ['The mapping does not have the expected form.', 'It is a list of { column, field, dateFormat, values, by }.'],
    'zh-CN': ['映射的格式不对。', '应为 { column, field, dateFormat, values, by } 的列表。'],
  },
  MATCH_NOT_FED: {
    en: ['No column feeds {field}, by which records are to be found.', 'Map a column to {field}, or match by another field.'],
    'zh-CN': ['没有列映射到用于匹配的{field}。', '为{field}选择一列，或改用其他字段匹配。'],
  },
  IMPORT_UNKNOWN: { en: ['There is no such import.', 'Look in the list of imports.'], 'zh-CN': ['没有这个导入任务。', '请查看导入列表。'] },
} as const satisfies Readonly<Record<string, Readonly<Record<'en' | 'zh-CN', readonly [string, string]>>>>

export type IssueCode = keyof typeof issueTexts
