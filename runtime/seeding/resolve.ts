import { createHash } from 'node:crypto'
import { instantOf } from '@tessera/platform/fields/zone.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { Temporal } from 'temporal-polyfill'

/** A record as a seed file has it. */
export type Seed = Readonly<Record<string, unknown>>

/** What references of seeds are resolved with. */
export interface Resolving {
  /** Members by e-mail. */
  readonly members: ReadonlyMap<string, string>
  /** The day from which relative ones count, `YYYY-MM-DD`. */
  readonly today: string
  readonly timeZone: string
  readonly objects: Readonly<Record<string, ObjectModel>>
}

/** The id of a seeded record: always the same for the same object and key, so that loading can go on after a crash. Shaped as a UUIDv7 (RFC 9562). */
export function seedId(object: string, key: string): string {
  const hex = createHash('sha256').update(`${object}:${key}`).digest('hex')
  return `01900000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`
}

/** A seed as input of the write pipeline: references become ids, relative days become days, lines are created with their parent. */
export function resolveSeed(object: ObjectModel, seed: Seed, resolving: Resolving): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(seed)) {
    if (name === '$key') continue
    const child = object.children[name]
    const target = child ? resolving.objects[child.object] : undefined
    if (child && target) data[name] = { create: (value as Seed[]).map(line => resolveSeed(target, line, resolving)) }
    else data[fieldNamed(object, name)?.key ?? name] = resolveValue(value, resolving)
  }
  return data
}

function resolveValue(value: unknown, resolving: Resolving): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const special = value as { $ref?: string; $member?: string; $days?: number; $month?: number; time?: string; day?: number; text?: string }
  if (special.$ref !== undefined) {
    const [object = '', key = ''] = splitOnce(special.$ref)
    return seedId(object, key)
  }
  if (special.$member !== undefined) return resolving.members.get(special.$member) ?? null
  if (special.$days !== undefined)
    return dayOrInstant(Temporal.PlainDate.from(resolving.today).add({ days: special.$days }), special.time, resolving.timeZone)
  if (special.$month !== undefined)
    return monthValue(Temporal.PlainDate.from(resolving.today).with({ day: 1 }).add({ months: special.$month }), special.day, special.text)
  return value
}

/** A day as seeds write it, `YYYY-MM-DD`. */
export const resolveDay = (value: unknown, { today, timeZone }: Pick<Resolving, 'today' | 'timeZone'>): string =>
  String(resolveValue(value, { today, timeZone, members: new Map(), objects: {} }))

const dayOrInstant = (day: Temporal.PlainDate, time: string | undefined, timeZone: string): string => {
  if (time === undefined) return day.toString()
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return instantOf(day.toString(), { hour, minute }, timeZone)
}

const monthValue = (month: Temporal.PlainDate, day: number | undefined, text: string | undefined): string =>
  text === undefined
    ? month.with({ day: day ?? 1 }).toString()
    : text.replace('{YYYY}', String(month.year)).replace('{MM}', String(month.month).padStart(2, '0'))

const splitOnce = (text: string): [string, string] => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
