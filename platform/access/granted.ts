import { type ActionName, type FieldLevel, fieldLevels } from '../definitions/role.js'
import { maskOf } from '../fields/masks.js'
import type { GrantModel, ObjectModel, RestrictionModel } from '../model/model.js'
import { anyOf, bothOf, type Condition, isNever, never } from '../query/condition.js'
import { lookup } from '../registry.js'
import type { CheckedRule } from '../rules/rule.js'
import type { MaskedField, ObjectAccess } from './object-access.js'

/** What several roles say of one object. */
export interface Held {
  readonly grants: readonly GrantModel[]
  readonly restrictions: readonly RestrictionModel[]
}

/** Deeds that show records; the others change them. */
const showing: ReadonlySet<ActionName> = new Set<ActionName>(['read', 'export'])

/**
 * What roles come to together: grants add up, restrictions subtract and win.
 * @param parent what the caller may do with the parents of the object's records, for objects that follow them
 * @returns nothing when no record may be read
 */
export function accessOf(object: ObjectModel, { grants, restrictions }: Held, parent: ObjectAccess | undefined): ObjectAccess | undefined {
  const withheld = new Set(
    restrictions.flatMap(({ actions, records }) =>
      [...actions].filter(action => records === null || action === 'seeAll' || action === 'editAll'),
    ),
  )
  const held = new Set(grants.flatMap(grant => [...grant.actions]).filter(action => !withheld.has(action))) as ReadonlySet<ActionName>
  const actions: Partial<Record<ActionName, Condition | null>> = {}
  for (const action of held) {
    const granted = coverageOf(object, action, grants, held, parent)
    const taken = restrictions
      .filter(restriction => restriction.actions.has(action))
      .flatMap(({ records }) => (records ? [ruleOf(records)] : []))
    const covered = taken.reduce((left, rule) => bothOf(left, { kind: 'not', of: rule }), granted)
    if (!isNever(covered)) actions[action] = covered
  }
  return Object.hasOwn(actions, 'read') ? { actions, ...fieldsOf(object, grants, restrictions, held) } : undefined
}

const ruleOf = (rule: CheckedRule): Condition => ({ kind: 'rule', rule })

function coverageOf(
  object: ObjectModel,
  action: ActionName,
  grants: readonly GrantModel[],
  held: ReadonlySet<ActionName>,
  parent: ObjectAccess | undefined,
): Condition | null {
  if (held.has('editAll') || (held.has('seeAll') && showing.has(action))) return null
  const covered = grants
    .filter(grant => grant.actions.has(action))
    .map(grant => {
      const rule = grant.recordsFor[action] ?? grant.records
      return rule ? ruleOf(rule) : usualCoverage(object, action, parent)
    })
  const shares: Condition[] =
    object.definition.access && action !== 'create' ? [{ kind: 'shared', level: showing.has(action) ? 'read' : 'edit' }] : []
  return anyOf([...covered, ...shares])
}

/** The records that a grant without a rule covers: those that the object's `access` gives, or all. */
function usualCoverage({ definition: { access } }: ObjectModel, action: ActionName, parent: ObjectAccess | undefined): Condition | null {
  const level = showing.has(action) ? 'read' : 'edit'
  if (!access || access.default === 'edit' || (access.default === 'read' && level === 'read')) return null
  if (access.default !== 'parent') return { kind: 'reach', level }
  const above = level === 'read' ? 'read' : 'update'
  if (!parent || !Object.hasOwn(parent.actions, above)) return never
  const of = parent.actions[above] ?? null
  return of === null ? null : { kind: 'parent', of }
}

/** The fields of which roles together show a part, and those that they close. */
export function limitedFields(object: ObjectModel, { grants, restrictions }: Held): Pick<ObjectAccess, 'masked' | 'readOnly'> {
  const withheld = new Set(restrictions.flatMap(({ actions, records }) => (records === null ? [...actions] : [])))
  const held = new Set(grants.flatMap(grant => [...grant.actions]).filter(action => !withheld.has(action))) as ReadonlySet<ActionName>
  return fieldsOf(object, grants, restrictions, held)
}

const rank = (level: FieldLevel): number => fieldLevels.indexOf(level)
const most = (levels: readonly FieldLevel[]): FieldLevel => fieldLevels[Math.max(...levels.map(rank), 0)] ?? 'hidden'
const least = (levels: readonly FieldLevel[]): FieldLevel => fieldLevels[Math.min(...levels.map(rank))] ?? 'hidden'

/** How far each field is open: as far as any role lets it, and no further than the restrictions. */
function fieldsOf(
  object: ObjectModel,
  grants: readonly GrantModel[],
  restrictions: readonly RestrictionModel[],
  held: ReadonlySet<ActionName>,
): Omit<ObjectAccess, 'actions'> {
  const levelIn = (grant: GrantModel, field: string): FieldLevel => lookup(grant.fields, field) ?? 'edit'
  const readers = grants.filter(grant => grant.actions.has('read'))
  const writers = grants.filter(grant => grant.actions.has('create') || grant.actions.has('update'))
  const [hidden, readOnly, masked] = [new Set<string>(), new Set<string>(), new Map<string, MaskedField>()]
  for (const field of new Set([...grants, ...restrictions].flatMap(one => Object.keys(one.fields)))) {
    const limits = restrictions.flatMap(({ fields }) => lookup(fields, field) ?? [])
    const seen = least([most(readers.map(grant => levelIn(grant, field))), ...limits])
    const isOpen = writers.some(grant => levelIn(grant, field) === 'edit') && limits.length === 0
    const mask = seen === 'masked' || seen === 'revealable' ? maskOf(lookup(object.fields, field)?.definition ?? { type: '' }) : null
    if (mask) masked.set(field, { mask, revealable: seen === 'revealable' })
    else if (seen !== 'read' && seen !== 'edit') hidden.add(field)
    if (!isOpen || mask) readOnly.add(field)
  }
  // whose a record is, those who may transfer it say
  if (!held.has('transfer')) readOnly.add('owner')
  return { hidden, masked, readOnly }
}
