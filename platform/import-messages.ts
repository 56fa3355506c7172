/** The texts of issues about files and imports; in the form of `issueTexts`. */
export const importTexts = {
  FILE_MISSING: {
    en: ['There is no file in the request.', 'Send one file as multipart/form-data.'],
    'zh-CN': ['请求中没有文件。', '以 multipart/form-data 上传一个文件。'],
  },
  FILE_UNKNOWN: { en: ['There is no such file.', 'Upload it again.'], 'zh-CN': ['文件不存在。', '重新上传。'] },
  FILE_TYPE: {
    en: ['{field} takes {accept} only.', 'Choose another file.'],
    'zh-CN': ['{field}只接受 {accept}。', '请换一个文件。'],
  },
  FILE_TOO_LARGE: {
    en: ['{field} takes files of at most {max} kB.', 'Make the file smaller.'],
    'zh-CN': ['{field}的文件最大 {max} kB。', '请缩小文件。'],
  },
  FILE_EMPTY: {
    en: ['The file has no rows.', 'It needs a line with column names and one with values.'],
    'zh-CN': ['文件没有数据行。', '文件至少要有一行列名和一行数据。'],
  },
  EXPORT_INVALID: {
    en: [
      'This part of an export does not fit.',
      'Give object, fields, where, search, orderBy, deleted (NO, ONLY or WITH) and format (csv or xlsx).',
    ],
    'zh-CN': [
      '导出请求的这一部分不正确。',
      '应包含 object、fields、where、search、orderBy、deleted（NO、ONLY 或 WITH）和 format（csv 或 xlsx）。',
    ],
  },
  FILE_NOT_CSV: {
    en: ['Line {line} cannot be read: {reason}', 'Save the file as CSV in UTF-8 and upload it again.'],
    'zh-CN': ['第 {line} 行无法读取：{reason}', '另存为 UTF-8 编码的 CSV 后重新上传。'],
  },
  FILE_NOT_XLSX: {
    en: ['The workbook cannot be read: {reason}', 'Save it again as .xlsx, or as CSV, and upload it.'],
    'zh-CN': ['无法读取工作簿：{reason}', '重新另存为 .xlsx 或 CSV 后上传。'],
  },
  FILE_OLD_EXCEL: {
    en: ['This is a workbook of the old format (.xls).', 'Save it as .xlsx or as CSV and upload it again.'],
    'zh-CN': ['这是旧格式的工作簿（.xls）。', '另存为 .xlsx 或 CSV 后重新上传。'],
  },
  FILE_TOO_RICH: {
    en: ['What is packed in this workbook is too large.', 'Split it into several files, or save it as CSV.'],
    'zh-CN': ['工作簿解压后过大。', '拆分为多个文件，或另存为 CSV。'],
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
} as const
