import type { FormDefinition } from '../definitions/form.js'
import type { Element } from '../definitions/index.js'
import type { NavigationDefinition } from '../definitions/navigation.js'
import type { ObjectDefinition, ValidationDefinition } from '../definitions/object.js'
import type { PageDefinition } from '../definitions/page.js'
import type { RecordAccessDefinition } from '../definitions/record-access.js'
import type { ReportDefinition } from '../definitions/report.js'
import type { GrantDefinition, RestrictionDefinition, RoleDefinition } from '../definitions/role.js'
import type { ViewDefinition } from '../definitions/view.js'
import type { FieldDefinition } from '../fields/definition.js'
import { mergesIn } from '../model/link-merges.js'
import { withoutMasked } from '../model/masked.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import { narrowForm } from './narrow-form.js'
import { narrowPage } from './narrow-pages.js'
import { narrowStates, type Seen } from './narrow-states.js'
import type { Profile } from './profile.js'

type Definition = Readonly<Record<string, unknown>>
/** A definition without what somebody may not see. */
type Narrowed = object

/**
 * The definitions as somebody may see them: without hidden fields, objects that they may not read, and whatever speaks of those;
 * of roles only their own, without record rules; no workflows. Admins get everything.
 * @param roles the names of the roles they hold
 */
export function narrowDefinitions(elements: readonly Element[], profile: Profile, roles: readonly string[]): Narrowed[] {
  if (profile.isAdmin) return elements.map(element => element.definition)
  const shown = new Set<string>()
  const narrowed = elements.flatMap(element => {
    const definition = lookup(narrowers, element.kind)?.(element.definition, profile, roles) ?? null
    if (definition) shown.add(`${element.kind} ${element.name}`)
    return definition ? [{ kind: element.kind, definition }] : []
  })
  return narrowed.flatMap(({ kind, definition }) => (kind === 'navigation' ? navigationOf(definition, shown) : [definition]))
}

/** The narrowed form of one definition of a kind, or null when it is not to be seen at all. */
type Narrower = (definition: Definition, profile: Profile, roles: readonly string[]) => Narrowed | null

const asIs: Narrower = definition => definition

const narrowers: Readonly<Record<string, Narrower>> = {
  app: asIs,
  navigation: (definition, _, roles) => ofHeldRoles(definition, roles),
  object: (definition, { model }) =>
    onObject(definition.object, model, object => objectOf(definition as unknown as ObjectDefinition, object, model)),
  optionSet: (definition, { model }) => (isOffered(String(definition.optionSet), model) ? definition : null),
  form: (definition, { model }, roles) =>
    onObject(definition.object, model, object => narrowForm(definition as unknown as FormDefinition, roles, seenOf(object, model))),
  view: (definition, { model }) =>
    onObject(definition.object, model, object => viewOf(definition as unknown as ViewDefinition, object, model)),
  report: (definition, { model }) =>
    onObject(definition.object, model, object =>
      isReportSeen(definition as unknown as ReportDefinition, object, model) ? definition : null,
    ),
  page: (definition, { model }) =>
    onObject(definition.object, model, object =>
      narrowPage(definition as unknown as PageDefinition, object, model, { isField, isReportSeen }),
    ),
  role: (definition, { model }, roles) =>
    roles.includes(String(definition.role)) ? roleOf(definition as unknown as RoleDefinition, model) : null,
}

/** Whether a choice that is seen takes its options from a set. */
const isOffered = (set: string, model: Model): boolean =>
  Object.values(model.objects).some(object => Object.values(object.fields).some(field => field.definition.optionSet === set))

const onObject = (name: unknown, model: Model, narrow: (object: ObjectModel) => Narrowed | null): Narrowed | null => {
  const object = lookup(model.objects, String(name))
  return object ? narrow(object) : null
}

function objectOf(definition: ObjectDefinition, object: ObjectModel, model: Model): ObjectDefinition {
  const { title, subtitle, sort, rules, unique, ranges, indexes: _indexes, access, ...rest } = definition
  const fields = Object.entries(definition.fields).filter(
    ([name]) => Object.hasOwn(object.fields, name) || lookup(object.children, name)?.through,
  )
  return {
    ...rest,
    ...(title !== undefined && isField(title, object, model) ? { title } : {}),
    ...(access && (access.default !== 'parent' || isField(object.detail?.name ?? '', object, model))
      ? { access: accessOf(access, name => isField(name, object, model)) }
      : {}),
    ...(subtitle !== undefined && isField(subtitle, object, model) ? { subtitle } : {}),
    ...(sort ? { sort: sort.filter(({ field }) => isField(field, object, model)) } : {}),
    fields: Object.fromEntries(fields.map(([name, field]) => [name, withSeenRules(fieldOf(name, field, object, model), object, model)])),
    ...(rules
      ? { rules: rules.filter(rule => isVisible(namedBy(rule), object, model)).map(({ lock: _, examples: _examples, ...rule }) => rule) }
      : {}),
    ...(unique ? { unique: unique.filter(set => isVisible([set.fields], object, model)) } : {}),
    ...(ranges ? { ranges: ranges.filter(({ from, to, per = [] }) => isVisible([[from, to, ...per]], object, model)) } : {}),
  }
}

/** When records go back is told to those who may see from which day that counts. */
const shownPool = ({ recycle }: NonNullable<RecordAccessDefinition['pool']>, isSeen: (name: string) => boolean) =>
  recycle && isSeen(recycle.since) ? { recycle } : {}

/** Of the records that grants cover only what people do by themselves: claim out of a pool, or of the queue that a field names. */
function accessOf(
  { default: usual, pool, groups = {} }: RecordAccessDefinition,
  isSeen: (field: string) => boolean,
): RecordAccessDefinition {
  const queues = Object.entries(groups).filter(([name, kind]) => kind === 'queue' && isSeen(name))
  return {
    default: usual,
    ...(pool ? { pool: shownPool(pool, isSeen) } : {}),
    ...(queues.length > 0 ? { groups: Object.fromEntries(queues) } : {}),
  }
}

/** What a validation rule names: in its condition, its places and its message. */
const namedBy = ({ must, at, message }: ValidationDefinition): unknown[] => [must, at, ...mergesIn(message).map(name => ({ var: name }))]

/** A field with those of its rules that read nothing hidden; the server follows the others all the same. */
function withSeenRules(field: FieldDefinition, object: ObjectModel, model: Model): FieldDefinition {
  const isSeen = (rule: unknown) => rule === undefined || isVisible([rule], object, model)
  const { visibleWhen, requiredWhen, readOnlyWhen, defaultRule, helpWhen, options, examples: _, ...rest } = field
  const rules = Object.entries({ visibleWhen, requiredWhen, readOnlyWhen, defaultRule }).filter(
    ([, rule]) => rule !== undefined && isSeen(rule),
  )
  return {
    ...rest,
    ...(options
      ? { options: options.map(({ when, ...option }) => (when !== undefined && isSeen(when) ? { ...option, when } : option)) }
      : {}),
    ...Object.fromEntries(rules),
    ...(helpWhen ? { helpWhen: helpWhen.filter(({ when }) => isSeen(when)) } : {}),
  }
}

/** A formula over what is hidden shows its value, but not how it comes about. */
function fieldOf(name: string, field: FieldDefinition, object: ObjectModel, model: Model): FieldDefinition {
  if (field.type === 'polymorphic') return { ...field, to: [...(object.fields[name]?.targets ?? [])] as unknown as string }
  if (field.type === 'lookupValue') return object.fields[name]?.definition ?? field
  if (field.type === 'manyToMany') return linksOf(name, field, object, model)
  if (field.states) return narrowStates(field, seenOf(object, model))
  if (field.type === 'rollup') return rollupOf(field, object.fields[name]?.definition.returns, object, model)
  const shown = withoutHiddenCandidates(withoutHiddenGround(field, object, model), object, model)
  if (shown.rule === undefined || isVisible([shown.rule], object, model)) return shown
  const { rule: _, ...rest } = shown
  return rest
}

/** A choice whose parent is hidden offers all its options; the server knows which fit. */
function withoutHiddenGround(field: FieldDefinition, object: ObjectModel, model: Model): FieldDefinition {
  if (field.dependsOn === undefined || isField(field.dependsOn, object, model)) return field
  const { dependsOn: _, options, ...rest } = field
  return { ...rest, ...(options ? { options: options.map(({ of: _of, ...option }) => option) } : {}) }
}

/** A rule over candidates that reads what is hidden is not told; the server keeps it. */
function withoutHiddenCandidates(field: FieldDefinition, object: ObjectModel, model: Model): FieldDefinition {
  if (field.candidates === undefined) return field
  const target = lookup(model.objects, field.to ?? '')
  const isSeen = readsOf(field.candidates).every(path =>
    path.startsWith('parent.') ? isField(path.slice(7), object, model) : isContext(path) || (target && isField(path, target, model)),
  )
  if (isSeen) return field
  const { candidates: _, ...rest } = field
  return rest
}

/** Links without the attributes that are hidden. */
function linksOf(name: string, field: FieldDefinition, object: ObjectModel, model: Model): FieldDefinition {
  const junction = lookup(model.objects, lookup(object.children, name)?.through?.junction ?? '')
  const shown = Object.entries(field.attributes ?? {}).filter(([attribute]) => junction && Object.hasOwn(junction.fields, attribute))
  return field.attributes ? { ...field, attributes: Object.fromEntries(shown) } : field
}

/** A rollup says what it returns, since whoever reads may not see the children that it would follow from. */
function rollupOf(field: FieldDefinition, returns: FieldDefinition['returns'], object: ObjectModel, model: Model): FieldDefinition {
  const child = field.of === undefined ? undefined : lookup(object.children, field.of)
  const children = child && lookup(model.objects, child.object)
  const named = [field.field, field.by, field.rateDate].flatMap(name => (name === undefined ? [] : [{ var: name }]))
  const isSeen = children !== undefined && isVisible([field.where, ...named], children, model)
  const { of: _of, field: _field, where: _where, by: _by, rateDate: _rateDate, ...rest } = field
  return { ...(isSeen ? field : rest), ...(returns === undefined ? {} : { returns }) }
}

const seenOf = (object: ObjectModel, model: Model): Seen => ({
  isNamed: name => isField(name, object, model) || Object.hasOwn(object.children, name),
  isVisible: rules => isVisible(rules, object, model),
})

/** Whether everything that a report reads is there. */
const isReportSeen = ({ where, groupBy, measures }: ReportDefinition, object: ObjectModel, model: Model): boolean =>
  isVisible([where, groupBy, measures], object, model)

function viewOf(view: ViewDefinition, object: ObjectModel, model: Model): ViewDefinition | null {
  const isShown = (name: string) => isField(name, object, model)
  if (!isVisible([view.where], object, model) || (view.groupBy !== undefined && !isShown(view.groupBy))) return null
  const { value, fields = [] } = view.cards ?? {}
  return {
    ...view,
    ...(view.columns
      ? {
          columns: view.columns.filter(
            column =>
              isShown(typeof column === 'string' ? column : column.field) ||
              (typeof column === 'string' && Object.hasOwn(object.children, column)),
          ),
        }
      : {}),
    ...(view.sort ? { sort: view.sort.filter(({ field }) => isShown(field)) } : {}),
    ...(view.cards ? { cards: { fields: fields.filter(isShown), ...(value !== undefined && isShown(value) ? { value } : {}) } } : {}),
  }
}

function roleOf({ role, label, audit, grants, restrict }: RoleDefinition, model: Model): object {
  const isSeen = (name: string, object: ObjectModel) => Object.hasOwn(object.fields, name) || Object.hasOwn(object.children, name)
  const ofObjects = (entries: Readonly<Record<string, Partial<GrantDefinition> | RestrictionDefinition>>, isTaken = false) =>
    Object.fromEntries(
      Object.values(model.objects).flatMap(object => {
        const entry = lookup(entries, object.name) ?? entries['*']
        if (!entry) return []
        const fields = Object.entries(entry.fields ?? {}).filter(([name, level]) => level !== 'hidden' && isSeen(name, object))
        // what is withheld on some records only, the server knows
        const actions = isTaken && entry.records !== undefined ? [] : (entry.actions ?? [])
        return [[object.name, { actions, ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}) }] as const]
      }),
    )
  return {
    role,
    label,
    ...(audit ? { audit } : {}),
    grants: ofObjects(grants),
    ...(restrict ? { restrict: ofObjects(restrict, true) } : {}),
  }
}

/** Of a navigation for some roles only those that somebody holds are told; null where it is for others. */
function ofHeldRoles(definition: Definition, held: readonly string[]): Narrowed | null {
  const { roles } = definition as { readonly roles?: readonly string[] }
  const own = roles?.filter(role => held.includes(role))
  return own === undefined ? definition : own.length > 0 ? { ...definition, roles: own } : null
}

function navigationOf(definition: Narrowed, shown: ReadonlySet<string>): Narrowed[] {
  const navigation = definition as NavigationDefinition
  const isShown = (kind: string, name: string | undefined) => name === undefined || shown.has(`${kind} ${name}`)
  const groups = navigation.groups
    .map(group => ({
      ...group,
      items: group.items.filter(item => isShown('object', item.object) && isShown('view', item.view) && isShown('report', item.report)),
    }))
    .filter(group => group.items.length > 0)
  return groups.length > 0 ? [{ ...navigation, groups }] : []
}

/**
 * Whether a path of names leads along fields that are there.
 * @param isRead whether the value is reckoned with: then what is seen in part is not there
 */
function isField(path: string, object: ObjectModel, model: Model, isRead = false): boolean {
  let at: ObjectModel | undefined = isRead ? (lookup(model.objects, object.name) ?? object) : object
  for (const name of path.split('.')) {
    const field: FieldModel | null = at ? fieldNamed(at, name) : null
    if (!field) return false
    at = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  }
  return true
}

/** Whether everything that rules, groupings and measures read is there. */
function isVisible(parts: readonly unknown[], object: ObjectModel, model: Model): boolean {
  const own = (path: string) =>
    path.replace(/^(record|before)\./, '').replace(/^parent\./, object.detail ? `${object.detail.name}.` : 'parent.')
  const reads = parts.flatMap(part => (isNames(part) ? part : readsOf(part)))
  return reads.every(path => isContext(path) || isField(own(path), object, withoutMasked(model), true))
}

const isNames = (part: unknown): part is readonly string[] => Array.isArray(part) && part.every(name => typeof name === 'string')

const contextNames: ReadonlySet<string> = new Set(['now', 'today', 'user', 'record', 'record.isNew', 'before', ''])
const isContext = (path: string): boolean => contextNames.has(path) || path.startsWith('user.')

const reading: ReadonlySet<string> = new Set(['var', 'changed', 'field', 'at', 'count', 'sum', 'avg', 'min', 'max', 'countDistinct'])

/** The paths in a piece of a definition: what stands under a key that reads. */
function readsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(readsOf)
  return Object.entries(value).flatMap(([key, entry]) => {
    if (!reading.has(key)) return readsOf(entry)
    const names = Array.isArray(entry) ? entry : [entry]
    return [...names.filter(name => typeof name === 'string'), ...readsOf(names.filter(name => typeof name === 'object'))]
  })
}
