import { Type } from '@sinclair/typebox'
import { optionsOf, treeDeleteRules } from './definition.js'
import type { Named } from './field.js'
import { pointing } from './pointing.js'

/** The record above in a tree of the same object; never one of its own branch. */
export const hierarchy: Named<'hierarchy'> = pointing({
  name: 'hierarchy',
  label: { en: 'Hierarchy', 'zh-CN': '层级' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: Type.Object(
    { ...optionsOf('to', 'inverse', 'inverseLabel').properties, onDelete: Type.Optional(treeDeleteRules) },
    { additionalProperties: false },
  ),
  relation: 'hierarchy',
})
