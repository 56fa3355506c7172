import { type Issue, issue, joinPath } from '../errors.js'
import type { OptionDefinition } from '../fields/definition.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import { lookup } from '../registry.js'
import { isEmpty } from './check.js'
import type { Values } from './values.js'

/** The choice that a field's options depend on; null when they depend on none that is known. */
export const parentOf = (field: FieldModel, object: ObjectModel): FieldModel | null =>
  (field.definition.dependsOn === undefined ? undefined : lookup(object.fields, field.definition.dependsOn)) ?? null

/** Whether an option is offered beside the values of a record. */
export function isOffered(option: OptionDefinition, field: FieldModel, object: ObjectModel, values: Values): boolean {
  const parent = parentOf(field, object)
  return !parent || option.of === undefined || option.of.includes(String(values[parent.key] ?? ''))
}

/** Whether the chosen option of a field is offered; what is empty always fits. */
function isFitting(field: FieldModel, object: ObjectModel, values: Values): boolean {
  const option = (field.definition.options ?? []).find(({ value }) => value === values[field.key])
  return option === undefined || isOffered(option, field, object, values)
}

/** The choices of an object that depend on another choice. */
const dependent = onceFor((object: ObjectModel) =>
  Object.values(object.fields).flatMap(field => {
    const parent = parentOf(field, object)
    return parent ? [{ field, parent }] : []
  }),
)

/**
 * The choices that do not fit the choice that they depend on.
 * @param changed only those are asked for that it names, or whose parent it names; null asks for all
 */
export function checkCascades(object: ObjectModel, after: Values, changed: ReadonlySet<string> | null, path = ''): Issue[] {
  return dependent(object).flatMap(({ field, parent }) => {
    const isAsked = changed === null || changed.has(field.key) || changed.has(parent.key)
    if (!isAsked || isFitting(field, object, after)) return []
    return [issue('OPTION_UNFIT', joinPath(path, field.key), { ...words(field, after), parent: parent.label })]
  })
}

function words(field: FieldModel, values: Values) {
  const value = values[field.key]
  const called = (locale: 'en' | 'zh-CN') => field.type.format(value, field.definition, { locale, timeZone: 'UTC' })
  return { field: field.label, value: { en: called('en'), 'zh-CN': called('zh-CN') } }
}

/**
 * The choices that a change leaves without their ground, down the whole chain.
 * @param before the values as they were; only where the parent really changed something is cleared
 * @returns the keys to be emptied
 */
export function unfitKeys(object: ObjectModel, before: Values, next: Values): string[] {
  const after: Record<string, unknown> = { ...before, ...next }
  const cleared: string[] = []
  for (let found = true; found; ) {
    found = false
    for (const { field, parent } of dependent(object)) {
      if (isEmpty(after[field.key]) || after[parent.key] === before[parent.key] || isFitting(field, object, after)) continue
      after[field.key] = null
      cleared.push(field.key)
      found = true
    }
  }
  return cleared
}
