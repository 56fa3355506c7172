import { may, mayWrite } from '@tessera/platform/access/profile.js'
import { localizeIssue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { Locale } from '@tessera/platform/label.js'
import type { ThroughModel } from '@tessera/platform/model/junction-model.js'
import type { ObjectModel, TransitionModel } from '@tessera/platform/model/model.js'
import { holds, type Judged } from '@tessera/platform/records/check.js'
import { explainCondition, type WhyLine } from '@tessera/platform/records/explanation.js'
import {
  emptyFor,
  guarded,
  mayTake,
  notYours,
  type Refusal,
  type StateField,
  stateFieldsOf,
  waysFrom,
} from '@tessera/platform/records/transitions.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Queryable } from '../database/queryable.js'
import { forbidden } from '../records/decide.js'
import { type Present, readPresent } from '../records/gather.js'
import { type Related, relatedIn } from '../records/related.js'
import { keysOfRule } from '../records/rule-reads.js'
import { isAllowed, takerOf } from '../records/transition.js'
import type { WriteContext } from '../records/write-context.js'
import { type TellingOf, tellingFor } from '../why/telling.js'

/** A transition out of the present state of a record, for one member. */
export interface Offer {
  readonly record: string
  readonly field: string
  readonly transition: TransitionModel
  /** Why not, and what to do about it; null when it can be taken. */
  readonly refusal: Refusal | null
  /** Fields that its form asks for: those it names, and what it requires and is empty. */
  readonly form: readonly string[]
  /** Of a refusal by its guard: the guard with its inputs, in a language. */
  readonly why: ((locale: Locale) => readonly WhyLine[]) | null
}

/**
 * The transitions out of the present states of records, judged with the member's rights and the values as they stand.
 * A guard that reads what the form asks for is not held against it.
 * @returns nothing for records that the member may not see
 */
export async function offersOf(client: Queryable, objectName: string, ids: readonly string[], context: WriteContext): Promise<Offer[]> {
  const object = lookup(context.model.objects, objectName)
  const seen = lookup((context.profile?.model ?? context.model).objects, objectName)
  const machines = seen ? stateFieldsOf(seen) : []
  if (!object || machines.length === 0) return []
  const present = await readPresent(client, object, ids.filter(isId), 'update', context, 'NO', false)
  const guards = machines.flatMap(({ states }) => states.transitions.flatMap(({ when }) => (when ? [when] : [])))
  const records = [...present.values()].map(({ values }) => values)
  const related = relatedIn(client, context, new Map())
  const telling = await tellingFor(client, object, records, guards, related, context)
  return [...present].flatMap(([id, one]) => machines.flatMap(field => offersFrom(id, field, one, object, { related, telling, context })))
}

interface Judging {
  readonly related: Related
  readonly telling: TellingOf
  readonly context: WriteContext
}

function offersFrom(
  record: string,
  field: StateField,
  { values, isAllowed: mayUpdate }: Present,
  object: ObjectModel,
  { related, telling, context }: Judging,
): Offer[] {
  const state = values[field.key]
  if (typeof state !== 'string') return []
  const ways = waysFrom(field, state)
  const mine = ways.filter(way => mayTake(way, takerOf(context), values))
  const hasRight = mayUpdate && (context.profile === null || may(context.profile, 'update', object.name)) && isAllowed(field, context)
  return ways.map(transition => {
    const judged = related.judged(object, values, { ...values, [field.key]: transition.to })
    const form = formOf(transition, judged, context)
    const barred = !hasRight ? noRight(object) : !mine.includes(transition) ? notYours(field, transition, mine, state, context.model) : null
    const { when } = transition
    const guard = when && !barred && isHeldAgainst(transition, form, judged, context) ? when : null
    return {
      record,
      field: field.name,
      transition,
      form,
      refusal: barred ?? (guard ? guarded(transition) : null),
      why: guard && ((locale: Locale) => explainCondition(guard, judged, telling(judged.after, locale))),
    }
  })
}

function noRight(object: ObjectModel): Refusal {
  const found = forbidden(object, 'update', '')
  const [en, zh] = [localizeIssue(found, 'en'), localizeIssue(found, 'zh-CN')]
  return { reason: { en: en.message, 'zh-CN': zh.message }, hint: { en: en.hint, 'zh-CN': zh.hint } }
}

const mayLink = ({ junction, own }: ThroughModel, profile: WriteContext['profile']): boolean => {
  const field = lookup(lookup(profile?.model.objects ?? {}, junction)?.fields ?? {}, own)
  return profile === null || (field !== undefined && may(profile, 'create', junction) && mayWrite(profile, field))
}

/** What a transition asks for that the member may write: its form, then what it requires and is empty. */
function formOf(transition: TransitionModel, judged: Judged, { profile }: WriteContext): string[] {
  const names = [...new Set([...transition.form, ...emptyFor(transition, judged).map(({ name }) => name)])]
  return names.filter(name => {
    const child = lookup(judged.object.children, name)
    if (child?.through) return mayLink(child.through, profile)
    const field = lookup(judged.object.fields, name)
    return field !== undefined && (profile ? mayWrite(profile, field) : field.writable)
  })
}

/** Whether a guard does not hold whatever is given in the form. */
function isHeldAgainst({ when }: TransitionModel, form: readonly string[], judged: Judged, context: WriteContext): boolean {
  if (when === null) return false
  const asked = new Set(form.map(name => judged.object.fields[name]?.key))
  return !keysOfRule(when, judged.object, context).some(key => asked.has(key)) && !holds(when, judged)
}
