import type { Abbreviation } from '../operator.js'

/** A value with what stands in for it when it is null: `{ "var": ["amount", 0] }`. The check reads `var` itself. */
export const withDefault: Abbreviation = {
  name: 'var',
  expects: { en: 'a path, and a value for when it is empty', 'zh-CN': '一个路径，以及为空时的值' },
  rewrite: args => (args.length === 2 ? { coalesce: [{ var: args[0] }, args[1]] } : null),
}

/** Whether a field differs from what it was before the change; with several, whether one does. */
export const changed: Abbreviation = {
  name: 'changed',
  expects: { en: 'names of fields', 'zh-CN': '字段名' },
  rewrite: args => {
    const tests = args.map(comparison)
    if (tests.length === 0 || tests.includes(null)) return null
    return tests.length === 1 ? tests[0] : { or: tests }
  },
}

const comparison = (field: unknown): unknown => {
  if (typeof field !== 'string') return null
  const path = field.replace(/^record\./, '')
  return { '!=': [{ var: path }, { var: `before.${path}` }] }
}
