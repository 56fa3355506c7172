import type { Label } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { breaking } from '@tessera/platform/records/askable-rules.js'
import { lookup } from '@tessera/platform/registry.js'
import { soonRule } from '../../api/pool.js'

/** Which records alone a list shows: those that a rollup counts, those that break a rule, those that a check found, or those that go back to the pool soon. */
export interface Counted {
  readonly kind: 'counted' | 'breaks' | 'found' | 'soon'
  /** What they are counted in, or the rule. */
  readonly label: Label
  /** Which of the records these are; undefined is all. */
  readonly rule: unknown
}

/** What an address narrows a list of an object to: a rollup that counts its records (`of=order.paid`), a rule of it (`breaks=cheap`), any rule (`found={…}`), or the pool (`soon=yes`). */
export function countedIn(params: URLSearchParams, object: ObjectModel, { objects }: Model): Counted | undefined {
  const broken = object.rules.find(({ name }) => name === params.get('breaks'))
  if (broken) return { kind: 'breaks', label: broken.message, rule: breaking(broken) }
  const found = foundBy(params.get('found'))
  if (found !== undefined) return { kind: 'found', label: '', rule: found }
  const soon = params.has('soon') ? soonRule(object) : undefined
  if (soon) return { kind: 'soon', label: '', rule: soon }
  const [of = '', name = ''] = (params.get('of') ?? '').split('.')
  const holder = lookup(objects, of)
  const rollup = holder && lookup(holder.fields, name)
  const child = holder && lookup(holder.children, rollup?.definition.of ?? '')
  if (rollup?.type.name !== 'rollup' || child?.object !== object.name) return undefined
  return { kind: 'counted', label: rollup.label, rule: rollup.definition.where }
}

/** A rule as it stands in an address; whether it can be asked, the server says. */
function foundBy(text: string | null): unknown {
  try {
    const rule: unknown = text === null ? undefined : JSON.parse(text)
    return typeof rule === 'object' && rule !== null ? rule : undefined
  } catch {
    return undefined
  }
}
