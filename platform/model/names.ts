import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import type { ObjectModel } from './model.js'
import { freeName, nameFrom, rootNames, typeNames } from './naming.js'

const wellFormed = /^[a-z][a-zA-Z0-9]{0,39}$/
const reservedTypes = ['Query', 'Mutation', 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID', 'PageInfo', 'Decimal', 'Date', 'DateTime', 'Time', 'Duration', 'JSON', 'Money', 'Address', 'PersonName', 'GeoPoint', 'File', 'WorkspaceMember', 'Team', 'Queue', 'RowIssue', 'DateSpan', 'SpanLength', 'Direction', 'DatePart', 'DeletedChoice', 'GroupOptions']
const reservedFields = ['id', 'version', 'createdAt', 'updatedAt', 'deletedAt', 'createdBy', 'updatedBy', 'owner', 'recordType', 'and', 'or', 'not', 'rule', 'search', 'ownerId', 'createdById', 'updatedById']

interface Claim {
  readonly name: string
  readonly owner: Label
  readonly path: string
}

/**
 * Checks every name that the objects make: well-formed, and no generated type, root field, input key or column twice.
 * A double is reported for each object or field that claims it after the first in alphabetical order of objects,
 * whichever definition came first, with a free proposal.
 */
export function checkNames(objects: readonly ObjectModel[], issues: Issue[]): void {
  const sorted = [...objects].sort((left, right) => (left.name < right.name ? -1 : 1))
  const types = new Map<string, Label>(reservedTypes.map(name => [name, reservedOwner]))
  const roots = new Map<string, Label>()
  for (const object of sorted) {
    const path = `objects/${object.name}`
    checkForm(object.name, path, issues)
    checkForm(object.plural, `${path}/plural`, issues)
    if (object.name === object.plural) issues.push(taken(object.plural, object.label, `${path}/plural`, name => name === object.name))
    claimAll(Object.values(typeNames(object.name)).map(name => ({ name, owner: object.label, path })), types, object.name, issues)
    const names = rootNames(object.name, object.plural)
    claimAll([...Object.values(names.queries), ...Object.values(names.mutations)].map(name => ({ name, owner: object.label, path: name === object.plural ? `${path}/plural` : path })), roots, object.name, issues)
    checkFields(object, issues)
  }
}

const reservedOwner: Label = { en: 'the platform', 'zh-CN': '平台' }

function claimAll(claims: readonly Claim[], owners: Map<string, Label>, object: string, issues: Issue[]): void {
  let reported = false
  for (const { name, owner, path } of claims) {
    const present = owners.get(name)
    if (present !== undefined && !reported) {
      issues.push(taken(object, present, path, proposal => owners.has(proposal) || owners.has(nameToType(proposal))))
      reported = true
    }
    if (present === undefined) owners.set(name, owner)
  }
}

const nameToType = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

function checkFields(object: ObjectModel, issues: Issue[]): void {
  const keys = new Map<string, Label>(reservedFields.map(name => [name, reservedOwner]))
  const columns = new Map<string, Label>()
  const path = `objects/${object.name}/fields`
  for (const field of Object.values(object.fields)) {
    if (field.system) for (const column of field.columns) columns.set(column.name, reservedOwner)
  }
  for (const field of Object.values(object.fields).filter(known => !known.system && known.currencyOf === null)) {
    checkForm(field.name, `${path}/${field.name}`, issues)
    const names = [...new Set([field.name, field.key, ...(field.currency ? [`${field.name}Currency`] : [])])]
    const double = names.find(name => keys.has(name))
    if (double !== undefined) issues.push(taken(field.name, keys.get(double) ?? reservedOwner, `${path}/${field.name}`, name => keys.has(name)))
    for (const name of names) if (!keys.has(name)) keys.set(name, field.label)
  }
  for (const child of Object.values(object.children)) {
    const at = `objects/${child.object}/fields/${child.field}/inverse`
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
