import { Type } from '@sinclair/typebox'
import { type Issue, issue, nearest } from '../errors.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { action, type Step, type StepPlace } from './action.js'

/** Creates a record; each value is a rule over the record that the event happened to. */
export const create = action({
  name: 'create',
  label: { en: 'Create record', 'zh-CN': '新建记录' },
  options: Type.Object(
    { do: Type.Literal('create'), object: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) },
    { additionalProperties: false },
  ),
  check: (step, place) => {
    const inputs = place.inputsOf(String(step.object))
    if (!inputs) return [issue('OBJECT_UNKNOWN', `${place.path}/object`, { object: String(step.object), suggestion: '' })]
    const values = valuesOf(step)
    const kinds = place.kindsOf(String(step.object))
    return Object.entries(values).flatMap(([key, rule]) => {
      const kind = lookup(kinds, key)
      const missing =
        kind !== undefined && values[kind] === undefined ? [issue('PROPERTY_MISSING', `${place.path}/values`, { property: kind })] : []
      return [...missing, ...checkValue(key, rule, inputs, place)]
    })
  },
  plan: (step, run) => {
    const object = String(step.object)
    const inputs = run.inputsOf(object) ?? {}
    const values = Object.entries(valuesOf(step)).map(([key, rule]) => [key, run.evaluate(rule, lookup(inputs, key) ?? 'text')] as const)
    return [{ effect: 'create', object, values: Object.fromEntries(values) }]
  },
})

const valuesOf = (step: Step): Readonly<Record<string, unknown>> =>
  typeof step.values === 'object' && step.values !== null ? (step.values as Record<string, unknown>) : {}

function checkValue(
  key: string,
  rule: unknown,
  inputs: Readonly<Record<string, Parameters<typeof checkRule>[2]>>,
  place: StepPlace,
): readonly Issue[] {
  const expected = lookup(inputs, key)
  const path = `${place.path}/values/${key}`
  if (expected === undefined) {
    const near = nearest(key, Object.keys(inputs))
    return [
      issue('FIELD_UNKNOWN', path, {
        object: '',
        field: key,
        suggestion: near === null ? '' : { en: `Did you mean “${near}”?`, 'zh-CN': `是否指「${near}」？` },
      }),
    ]
  }
  return checkRule(rule, place.scope, expected, path).issues
}
