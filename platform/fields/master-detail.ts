import { optionsOf } from './definition.js'
import type { Named } from './field.js'
import { pointing } from './pointing.js'

/** The parent that a line belongs to: it is required, and its deletion takes the line with it. */
export const masterDetail: Named<'masterDetail'> = pointing({
  name: 'masterDetail',
  label: { en: 'Belongs to (lines)', 'zh-CN': '主从（明细）' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: optionsOf('to', 'inverse', 'inverseLabel'),
  relation: 'masterDetail',
})
