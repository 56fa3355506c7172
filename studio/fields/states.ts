import type { Label } from '@tessera/platform/label.js'
import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel, ObjectModel, TransitionModel } from '@tessera/platform/model/model.js'
import {
  mayTake,
  noBeginning,
  notYours,
  noWay,
  type Refusal,
  type StateField,
  stateFieldsOf,
  type Taker,
  waysFrom,
} from '@tessera/platform/records/transitions.js'
import type { App } from '../api/app.js'
import type { Values } from './face.js'

/** The field as one with states; none for any other. */
export const asStates = (field: FieldModel | undefined): StateField | undefined =>
  field?.states === undefined ? undefined : (field as StateField)

const takerOf = (app: App): Taker => ({ member: app.member.id, roles: app.member.roles, isFree: app.member.admin })

/** The transitions out of the state of a record that the member may take, as far as the definitions tell; the server decides. */
export function waysOf(field: StateField, record: Values, app: App): readonly TransitionModel[] {
  const state = record[field.key]
  return typeof state === 'string' ? waysFrom(field, state).filter(way => mayTake(way, takerOf(app), record)) : []
}

/** Why a state cannot be chosen, as far as the definitions tell: nothing leads there, or it is for somebody else. */
export function refusalText(field: StateField, from: unknown, to: string, record: Values, app: App): string | undefined {
  if (from === to) return undefined
  const said = ({ reason }: Refusal) => textOf(reason, app)
  if (typeof from !== 'string') return field.states.initial.includes(to) ? undefined : said(noBeginning(field, to))
  const mine = waysFrom(field, from).filter(way => mayTake(way, takerOf(app), record))
  if (mine.some(way => way.to === to)) return undefined
  const others = waysFrom(field, from).find(way => way.to === to)
  return said(others ? notYours(field, others, mine, from, app.model) : noWay(field, from, to, mine))
}

const textOf = (label: Label, app: App): string => labelOf(label, app.locale)

/** How long a record is in its state, and whether that is too long. */
export interface Stay {
  readonly seconds: number
  readonly isLate: boolean
}

/** The stay of a record in its state of a field; none when it is not known since when. */
export function stayOf(field: StateField, record: Values, now = Date.now()): Stay | undefined {
  const [state, since] = [record[field.key], record[field.states.since]]
  if (typeof state !== 'string' || typeof since !== 'string') return undefined
  const seconds = Math.max(0, Math.trunc((now - Date.parse(since)) / 1000))
  const limit = field.states.states[state]?.limit ?? null
  return { seconds, isLate: limit !== null && seconds > limit }
}

/** The stay of a record that is too long, in any of its states. */
export function lateStay(object: ObjectModel, record: Values): Stay | undefined {
  return stateFieldsOf(object)
    .map(field => stayOf(field, record))
    .find(stay => stay?.isLate)
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** A length of time as people say it: 6 days, 3 hours, 20 minutes. */
export function lengthText(seconds: number, locale: string): string {
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? units[2]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(seconds / size))
}
