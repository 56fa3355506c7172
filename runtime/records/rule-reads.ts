import { readsOf } from '@tessera/platform/model/computed.js'
import type { ComputedInput } from '@tessera/platform/model/computed-model.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { WriteContext } from './write-context.js'

/** The relations that rules over an object go along, formulas opened. */
export const pathsOfRules = (object: ObjectModel, rules: readonly CheckedRule[], { model }: WriteContext): (readonly string[])[] =>
  rules.flatMap(rule => known(rule, object, model.objects).flatMap(({ path }) => (path !== null && path.length > 0 ? [path] : [])))

const reads = new WeakMap<CheckedRule, readonly ComputedInput[]>()
function known(rule: CheckedRule, object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>): readonly ComputedInput[] {
  const found = reads.get(rule) ?? readsOf(rule, object, objects)
  reads.set(rule, found)
  return found
}

/** The keys of an object's own values that a rule reads. */
export const keysOfRule = (rule: CheckedRule, object: ObjectModel, { model }: Pick<WriteContext, 'model'>): readonly string[] =>
  known(rule, object, model.objects).flatMap(({ path, keys }) => (path?.length === 0 ? keys : []))
