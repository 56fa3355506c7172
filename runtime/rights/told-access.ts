import { type Ground, groupsOfRule } from '@tessera/platform/access/reasons.js'
import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { type Locale, labelOf } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { explainCondition, type WhyLine } from '@tessera/platform/records/explanation.js'
import type { Explaining } from '@tessera/platform/records/rule-naming.js'
import { lookup } from '@tessera/platform/registry.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { Queryable } from '../database/queryable.js'
import { readPresent } from '../records/gather.js'
import { relatedIn } from '../records/related.js'
import type { WriteContext } from '../records/write-context.js'
import { tellingFor } from '../why/telling.js'
import { type ExplainedAction, type ExplainedRecord, explainAccess, type HeldGround } from './explain-access.js'
import { generalText, groundNames, saying } from './reason-words.js'
import { type ReachingShare, reachingShares, type Standing, standingIn } from './standing.js'

/** Who asks, and of whom; one and the same unless an admin asks of somebody. */
export interface Asked {
  readonly asker: WriteContext
  readonly of: WriteContext
  readonly locale: Locale
}

/** One thing that gives or withholds an action, in the asker's words. */
export interface ToldReason {
  readonly kind: Ground['kind']
  readonly role: string | null
  readonly name: string | null
  readonly holds: boolean
  readonly text: string
  /** What it comes down to: the rule with what stands in the record, shares, what opens the parent. */
  readonly lines: readonly WhyLine[]
}

/** What somebody may do with a record, in words. */
export interface ToldAction extends Pick<ExplainedAction, 'action' | 'allowed'> {
  readonly reasons: readonly ToldReason[]
}

/** What is known while reasons are told. */
interface Place extends Asked {
  readonly object: ObjectModel
  readonly explaining: Explaining
  readonly linesOf: (rule: CheckedRule, holds: boolean) => readonly WhyLine[]
  readonly standing: Standing
  readonly shares: readonly ReachingShare[]
  readonly values: ExplainedRecord['values']
  /** What opens the parent record, by what is asked of it. */
  readonly parents: ReadonlyMap<'read' | 'update', readonly WhyLine[]>
}

const showing: ReadonlySet<string> = new Set(['read', 'export'])
const aboveOf = (action: string): 'read' | 'update' => (showing.has(action) ? 'read' : 'update')
const ruleOf = ({ covers }: Ground): CheckedRule | null =>
  covers !== null && typeof covers === 'object' && covers.kind === 'rule' ? covers.rule : null
const plainLine = (text: string, level = 0): WhyLine => ({ level, text, value: null, holds: null, remark: null })

/** How many parents above a record are told of. */
const highest = 3

/**
 * Tells what somebody may do with a record, and by what: rules with what stands in the record, and people and groups by name, as far as
 * the asker may see them.
 */
export async function tellAccess(
  client: Queryable,
  object: ObjectModel,
  found: ExplainedRecord,
  asked: Asked,
  height = 0,
): Promise<ToldAction[]> {
  const { asker, of, locale } = asked
  const { values, actions } = found
  const grounds = actions.flatMap(one => one.grounds.map(each => each.ground))
  const rules = [...new Set(grounds.flatMap(ground => ruleOf(ground) ?? []))]
  const related = relatedIn(client, asker, new Map(), true)
  const telling = await tellingFor(client, object, [values], rules, related, asker)
  if (object.detail) await related.load(object, [values], [[object.detail.name]], false)
  const isOther = asker.moment.member?.id !== of.moment.member?.id
  const who = isOther ? of.moment.member?.name : undefined
  const explaining: Explaining = { ...telling(values, locale), isStrict: true, ...(who === undefined ? {} : { who }) }
  const judged = related.judged(object, values, values, of.moment)
  const told = new Map(rules.map(rule => [rule, explainCondition(rule, judged, explaining)]))
  const isShared = actions.some(one => one.grounds.some(({ ground, holds }) => holds && ground.kind === 'shared'))
  const place: Place = {
    ...asked,
    object,
    explaining,
    values,
    linesOf: (rule, holds) => agreed(told.get(rule) ?? [], holds, locale),
    standing: await standingIn(client, typeof values.ownerId === 'string' ? [values.ownerId] : [], asker, locale),
    shares: isShared ? await reachingShares(client, object.table, String(values.id), of, locale) : [],
    parents: await parentLines(client, object, found, asked, height),
  }
  return actions.map(({ action, allowed, grounds: held }) => ({ action, allowed, reasons: held.map(one => reasonOf(one, action, place)) }))
}

/** Lines of a rule as they hold; where records that the asker does not see decided otherwise, without saying of any part whether it held. */
function agreed(lines: readonly WhyLine[], holds: boolean, locale: Locale): readonly WhyLine[] {
  const [first] = lines
  if (!first || first.holds === null || first.holds === holds) return lines
  return [...lines.map(line => ({ ...line, holds: null })), plainLine(saying('undecided', locale))]
}

/** What opens the parent of a record to somebody; nothing where the asker does not see it. */
async function parentLines(
  client: Queryable,
  object: ObjectModel,
  { values, actions }: ExplainedRecord,
  asked: Asked,
  height: number,
): Promise<Place['parents']> {
  const parent = lookup(asked.asker.model.objects, object.detail?.relation?.to ?? '')
  const id = values[object.detail?.key ?? '']
  const isAsked = actions.some(one => one.grounds.some(({ ground, holds }) => holds && ground.kind === 'parent'))
  if (!isAsked || !parent || typeof id !== 'string' || height >= highest) return new Map()
  const isSeen = (await readPresent(client, parent, [id], 'read', asked.asker, 'NO', false)).has(id)
  const found = isSeen ? await explainAccess(client, parent, id, asked.of, ['read', 'update']) : null
  const told = found ? await tellAccess(client, parent, found, asked, height + 1) : []
  return new Map(told.map(({ action, reasons }) => [aboveOf(action), reasons.filter(gives).flatMap(linesUnder)]))
}

const gives = ({ kind, holds }: ToldReason): boolean => holds && kind !== 'restrict'
const linesUnder = ({ text, lines }: ToldReason): WhyLine[] => [plainLine(text), ...lines.map(line => ({ ...line, level: line.level + 1 }))]

function reasonOf({ ground, holds }: HeldGround, action: string, place: Place): ToldReason {
  const rule = ruleOf(ground)
  const { kind, role } = ground
  const isNamed = kind !== 'group' || place.explaining.isShown([ground.name ?? ''])
  const name = isNamed ? ground.name : null
  const lines = rule ? place.linesOf(rule, holds) : holds ? linesOfHeld(kind, action, place) : []
  return { kind, role, name, holds, text: textOf(ground, holds, isNamed, place), lines }
}

function linesOfHeld(kind: Ground['kind'], action: string, { shares, parents, locale, asker }: Place): readonly WhyLine[] {
  if (kind === 'parent') return parents.get(aboveOf(action)) ?? []
  if (kind !== 'shared') return []
  const { timeZone, today } = asker.moment
  return shares
    .filter(({ level }) => showing.has(action) || level === 'edit')
    .map(share => {
      const until = share.until && formatDateTime(share.until.toISOString(), locale, timeZone, today)
      const key = share.by === null ? (until ? 'sharedUntil' : 'shared') : until ? 'sharedByUntil' : 'sharedBy'
      const level = saying(share.level === 'edit' ? 'toEdit' : 'toRead', locale)
      return plainLine(saying(key, locale, { by: share.by ?? '', with: share.with, level, until: until ?? '' }))
    })
}

function textOf(ground: Ground, holds: boolean, isNamed: boolean, place: Place): string {
  const { object, asker, locale } = place
  const names = groundNames(ground, object, asker.model, locale)
  if (!isNamed) return saying('groupUnseen', locale, names)
  if (ground.kind === 'restrict' && ground.covers !== null) return saying('restrictRule', locale, names)
  return (holds ? ofRecord(ground, names, place) : null) ?? generalText(ground, names, locale)
}

/** What gives an action on this very record, by name; null where the asker may not see whom or what it names. */
function ofRecord(ground: Ground, names: Readonly<Record<string, string>>, place: Place): string | null {
  const { locale, values, explaining, standing, of } = place
  const member = of.moment.member?.id ?? ''
  const ownerId = explaining.isShown(['owner']) && typeof values.ownerId === 'string' ? values.ownerId : ''
  const owner = standing.nameOf(ownerId)
  if (ground.kind === 'owner') return owner === null ? null : saying('owner', locale, { ...names, owner })
  if (ground.kind === 'pool') return saying('pool', locale, names)
  if (ground.kind === 'position') {
    const found = standing.below(ownerId, member)
    return owner === null || !found ? null : saying('position', locale, { ...names, owner, ...found })
  }
  if (ground.kind === 'ownerRule') return ofOwnerRule(ground, owner, names, place)
  if (ground.kind === 'group') return ofGroup(ground, member, names, place)
  if (ground.kind !== 'parent') return null
  const { detail } = place.object
  const parent = detail && explaining.isShown([detail.name]) ? explaining.nameOf([detail.name]) : null
  return parent === null ? null : saying('parent', locale, { ...names, parent: `${labelOf(detail?.label, locale)} ${parent}` })
}

function ofOwnerRule({ name }: Ground, owner: string | null, names: Readonly<Record<string, string>>, place: Place): string | null {
  const { object, locale, standing } = place
  const groups = groupsOfRule(object, name ?? '')
  if (!groups || owner === null) return null
  const [from, to] = [groups.of, groups.to].map(group => standing.groupNamed(group.kind, group.name))
  return saying('ownerRule', locale, { ...names, owner, of: from ?? '', to: to ?? '' })
}

function ofGroup({ name }: Ground, member: string, names: Readonly<Record<string, string>>, place: Place): string | null {
  const { object, locale, standing, values } = place
  const kind = lookup(object.definition.access?.groups ?? {}, name ?? '')
  const value = values[lookup(object.fields, name ?? '')?.key ?? '']
  if (!kind || typeof value !== 'string') return null
  const group = standing.groupNamed(kind, value)
  const above = kind === 'territory' ? standing.above(kind, value, member) : null
  return saying(above === null ? 'group' : 'groupAbove', locale, { ...names, group, above: above ?? '' })
}
