import { Type } from '@sinclair/typebox'
import { linkDeleteRules, optionsOf } from './definition.js'
import type { Named } from './field.js'
import { pointing } from './pointing.js'

/** Points at a record of another object, or at none. */
export const lookup: Named<'lookup'> = pointing({
  name: 'lookup',
  label: { en: 'Lookup', 'zh-CN': '查找' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: Type.Object(
    {
      ...optionsOf('to', 'inverse', 'inverseLabel').properties,
      onDelete: Type.Optional(linkDeleteRules),
      ...optionsOf('candidates').properties,
    },
    { additionalProperties: false },
  ),
  relation: 'lookup',
  converts: { text: 'parses', autonumber: 'parses', email: 'parses' },
})
