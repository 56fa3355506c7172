import { Type } from '@sinclair/typebox'
import { idClass } from './classes.js'
import { type FieldDefinition, linkDeleteRules, optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** Points at a record of one of several objects, or at none. */
export const polymorphic: Named<'polymorphic'> = fieldType({
  name: 'polymorphic',
  label: { en: 'Lookup in several objects', 'zh-CN': '多对象查找' },
  group: 'relation',
  sample: { en: '→ a record of any of these', 'zh-CN': '→ 其中任一对象的记录' },
  options: Type.Object(
    {
      to: Type.Array(Type.String(), { minItems: 1, maxItems: 20, uniqueItems: true }),
      ...optionsOf('inverse', 'inverseLabel').properties,
      onDelete: Type.Optional(linkDeleteRules),
    },
    { additionalProperties: false },
  ),
  class: () => idClass,
  columns: () => [{ suffix: 'Id', type: 'uuid' }],
  writable: true,
  parse: parseId,
  fromText: idFromText,
  format: asWritten,
  schema: () => ({ type: 'string' }),
  converts: { lookup: 'keeps' },
  examples: { field: { to: ['partner'] as unknown as string, inverse: 'examples' }, valid: [], invalid: [], texts: [] },
})

/** The objects that a polymorphic field may point at; its `to` is a list, unlike that of other relations. */
export const targetsOf = ({ to }: FieldDefinition): readonly string[] => {
  const listed: unknown = to
  return Array.isArray(listed) ? listed.map(String) : []
}
