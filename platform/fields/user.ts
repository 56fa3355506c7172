import { optionsOf } from './definition.js'
import type { Named } from './field.js'
import { pointing } from './pointing.js'

/** A member of the workspace. */
export const user: Named<'user'> = pointing({
  name: 'user',
  label: { en: 'Person', 'zh-CN': '人员' },
  group: 'people',
  sample: { en: 'Lin Yue', 'zh-CN': '林悦' },
  options: optionsOf(),
  relation: 'member',
})
