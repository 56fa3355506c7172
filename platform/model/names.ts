import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import type { ObjectModel } from './model.js'
import { freeName, linkTypeNames, nameFrom, rootNames, targetTypeNames, typeName, typeNames } from './naming.js'
import { sinceName } from './states.js'

const wellFormed = /^[a-z][a-zA-Z0-9]{0,39}$/
const reservedTypes = [
  'Query',
  'Mutation',
  'Subscription',
  'String',
  'Int',
  'Float',
  'Boolean',
  'ID',
  'PageInfo',
  'Decimal',
  'Date',
  'DateTime',
  'Time',
  'Duration',
  'JSON',
  'Money',
  'Address',
  'PersonName',
  'GeoPoint',
  'FileInput',
  'GeoPointInput',
  'GeoNear',
  'AddressInput',
  'PersonNameInput',
  'File',
  'WorkspaceMember',
  'Team',
  'Queue',
  'RowIssue',
  'DateSpan',
  'SpanLength',
  'Direction',
  'DatePart',
  'DeletedChoice',
  'GroupOptions',
  'ChangeKind',
]
const reservedFields = [
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'createdBy',
  'updatedBy',
  'owner',
  'recordType',
  'and',
  'or',
  'not',
  'rule',
  'search',
  'ownerId',
  'createdById',
  'updatedById',
]

/** A name that an object makes, and the one name of the object that it is made of. */
interface Claim {
  readonly made: string
  readonly of: string
  readonly path: string
}

/**
 * Checks every name that the objects make: well-formed, and no generated type, root field, input key or column twice.
 * A double is reported at the object or field that comes later in alphabetical order, whichever definition came first, with a free proposal.
 */
export function checkNames(objects: readonly ObjectModel[], issues: Issue[]): void {
  const sorted = [...objects].sort((left, right) => (left.name < right.name ? -1 : 1))
  const owners = new Map<string, Label>(reservedTypes.map(name => [`type ${name}`, reservedOwner]))
  for (const object of sorted) {
    const path = `objects/${object.name}`
    checkForm(object.name, path, issues)
    checkForm(object.plural, `${path}/plural`, issues)
    if (object.name === object.plural) issues.push(taken(object.plural, object.label, `${path}/plural`, name => name === object.name))
    else
      claim(
        object,
        [...claimsOf(object.name, object.plural, path), ...linkClaims(object, path), ...targetClaims(object, path)],
        owners,
        issues,
      )
    checkFields(object, issues)
  }
}

const reservedOwner: Label = { en: 'the platform', 'zh-CN': '平台' }

/** Types and root fields are apart in GraphQL. */
function claimsOf(name: string, plural: string, path: string): Claim[] {
  const { queries, mutations, subscriptions } = rootNames(name, plural)
  const ofPlural = new Set<string>([
    queries.many,
    queries.aggregate,
    mutations.createMany,
    mutations.updateMany,
    mutations.upsertMany,
    mutations.deleteMany,
    mutations.merge,
    mutations.unmerge,
  ])
  const roots = [...Object.values(queries), ...Object.values(mutations), ...Object.values(subscriptions)].map(root =>
    ofPlural.has(root) ? { made: `root ${root}`, of: plural, path: `${path}/plural` } : { made: `root ${root}`, of: name, path },
  )
  return [...Object.values(typeNames(name)).map(type => ({ made: `type ${type}`, of: name, path })), ...roots]
}

/** Of an object that holds links: the types in which either end speaks of them. */
function linkClaims({ name, junction }: ObjectModel, path: string): Claim[] {
  if (!junction) return []
  const { attributes, near, far } = linkTypeNames(name)
  return [attributes, near.input, near.entry, far.input, far.entry].map(type => ({ made: `type ${type}`, of: name, path }))
}

/** The types of fields that point at several objects. */
const targetClaims = ({ name, fields }: ObjectModel, path: string): Claim[] =>
  Object.values(fields)
    .filter(field => field.targets)
    .flatMap(field => Object.values(targetTypeNames(name, field.name)).map(type => ({ made: `type ${type}`, of: name, path })))

/** Reports the first name that is taken of each of the object's two names. */
function claim(object: ObjectModel, claims: readonly Claim[], owners: Map<string, Label>, issues: Issue[]): void {
  // the filters of values are types of the platform
  const ownerOf = ({ made, of }: Claim) =>
    owners.get(made) ?? (made === `type ${typeName(of)}` && made.endsWith('Filter') ? reservedOwner : undefined)
  const isTaken = (name: string) => claimsOf(name, name, '').some(one => ownerOf(one) !== undefined)
  for (const path of new Set(claims.map(one => one.path))) {
    const double = claims.find(one => one.path === path && ownerOf(one) !== undefined)
    if (double) issues.push(taken(double.of, ownerOf(double) ?? reservedOwner, path, isTaken))
  }
  for (const { made } of claims) if (!owners.has(made)) owners.set(made, object.label)
}

function checkFields(object: ObjectModel, issues: Issue[]): void {
  const keys = new Map<string, Label>(reservedFields.map(name => [name, reservedOwner]))
  const path = `objects/${object.name}/fields`
  const mirrors = object.junction?.mirrors ?? []
  for (const name of Object.keys(object.definition.fields)) if (!mirrors.includes(name)) checkForm(name, `${path}/${name}`, issues)
  for (const field of Object.values(object.fields).filter(
    known => !known.system && known.currencyOf === null && known.sinceOf === undefined,
  )) {
    const names = [
      ...new Set([
        field.name,
        field.key,
        ...(field.currency ? [`${field.name}Currency`] : []),
        ...(field.definition.states ? [sinceName(field.name)] : []),
      ]),
    ]
    const double = names.find(name => keys.has(name))
    if (double !== undefined)
      issues.push(taken(field.name, keys.get(double) ?? reservedOwner, `${path}/${field.name}`, name => keys.has(name)))
    for (const name of names) if (!keys.has(name)) keys.set(name, field.label)
  }
  for (const child of Object.values(object.children)) {
    const at = child.through?.declaredAt ?? `objects/${child.object}/fields/${child.field}/inverse`
    checkForm(child.name, at, issues)
    if (keys.has(child.name)) issues.push(taken(child.name, keys.get(child.name) ?? reservedOwner, at, name => keys.has(name)))
    else keys.set(child.name, child.label)
  }
}

function checkForm(name: string, path: string, issues: Issue[]): void {
  if (!wellFormed.test(name)) issues.push(issue('NAME_INVALID', path, { name, proposal: nameFrom(name) }))
}

const taken = (name: string, owner: Label, path: string, isTaken: (name: string) => boolean): Issue =>
  issue('NAME_TAKEN', path, { name, owner, proposal: freeName(name, isTaken) })
