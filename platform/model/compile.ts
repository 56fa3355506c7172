import type { AppDefinition } from '../definitions/app.js'
import type { FormDefinition } from '../definitions/form.js'
import type { Element } from '../definitions/index.js'
import type { NavigationDefinition } from '../definitions/navigation.js'
import type { ObjectDefinition } from '../definitions/object.js'
import type { OptionSetDefinition } from '../definitions/option-set.js'
import type { ReportDefinition } from '../definitions/report.js'
import type { RoleDefinition } from '../definitions/role.js'
import type { TemplateDefinition } from '../definitions/template.js'
import type { ViewDefinition } from '../definitions/view.js'
import type { WorkflowDefinition } from '../definitions/workflow.js'
import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { computedFields } from './computed.js'
import { compileFields, hasOwner, typeFieldName } from './fields.js'
import { withFormerNames } from './former-names.js'
import type { JunctionModel } from './junction-model.js'
import { atDefinition, isDefined, junctionsOf, throughChildren } from './junctions.js'
import { linkNavigation, linkReport, linkView, linkWorkflow } from './link.js'
import { checkAccess } from './link-access.js'
import { linkForm } from './link-form.js'
import { linkPages } from './link-pages.js'
import { linkRole } from './link-roles.js'
import { linkRules } from './link-rules.js'
import { withLookupValues } from './lookup-values.js'
import { withMirrors } from './mirrors.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from './model.js'
import { checkNames } from './names.js'
import { withOptionSets } from './option-sets.js'
import { withReturns } from './returns.js'
import { checkStateRoles } from './states.js'

/** A model as far as it could be made, and everything that is wrong with the definitions. */
export interface Compiled {
  readonly model: Model
  readonly issues: readonly Issue[]
}

/**
 * Links definitions into a model: every field with its type, every relation with its object, every rule checked.
 * @param elements definitions whose shape is sound (`readDefinitions` sees to that)
 * @returns the model and all issues; with issues the model is for looking at only
 */
export function compileModel(elements: readonly Element[]): Compiled {
  const issues: Issue[] = []
  const defined = elements.filter(element => element.kind === 'object').map(element => element.definition as ObjectDefinition)
  const definitions = withLookupValues(withOptionSets(defined, elements, issues), issues)
  const bareJunctions = junctionsOf(definitions, issues)
  const returning = new Map(
    withReturns(
      definitions,
      bareJunctions.map(({ definition }) => definition),
    ).map(one => [one.object, one]),
  )
  const junctions = withMirrors(bareJunctions, returning)
  const made = new Map(junctions.map(junction => [junction.definition.object, junction]))
  const all = [...definitions.map(({ object }) => returning.get(object)), ...junctions.map(({ definition }) => definition)]
  const bare = Object.fromEntries(all.flatMap(one => (one ? [[one.object, compileObject(one, issues, made.get(one.object)?.model)]] : [])))
  const ends = junctions.flatMap(junction => throughChildren(junction, returning))
  const related = linkRelations(bare, ends, issues)
  checkNames(Object.values(related), issues)
  const objects = withFormerNames(linkRules(related, issues))
  checkStateRoles(objects, namesOf(elements, 'role'), issues)
  for (const object of Object.values(objects)) checkAccess(object, issues)
  const model: Model = {
    app: (elements.find(element => element.kind === 'app')?.definition as AppDefinition | undefined) ?? null,
    objects,
    computed: computedFields(objects),
    optionSets: linked(elements, 'optionSet', asIs<OptionSetDefinition>),
    templates: linked(elements, 'template', asIs<TemplateDefinition>),
    forms: linked(elements, 'form', (form: FormDefinition) => linkForm(form, objects, namesOf(elements, 'role'), issues)),
    views: linked(elements, 'view', (view: ViewDefinition) => linkView(view, objects, issues)),
    reports: linked(elements, 'report', (report: ReportDefinition) => linkReport(report, objects, issues)),
    workflows: linked(elements, 'workflow', (workflow: WorkflowDefinition) => linkWorkflow(workflow, objects, issues)),
    roles: linked(elements, 'role', (role: RoleDefinition) => linkRole(role, objects, issues)),
    ...unlinked,
  }
  const navigation = linked(elements, 'navigation', (entry: NavigationDefinition) =>
    linkNavigation(entry, model, namesOf(elements, 'role'), issues),
  )
  const pages = linkPages(elements, model, issues)
  return { model: Object.freeze({ ...model, navigation, pages }), issues: issues.map(found => atDefinition(found, junctions)) }
}

const asIs = <D>(definition: D): D => definition

/** What leads to other definitions is linked once they are. */
const unlinked = { pages: {}, navigation: {} }

const namesOf = (elements: readonly Element[], kind: string): string[] =>
  elements.filter(element => element.kind === kind).map(element => element.name)

/** The elements of a kind under their names, each linked. */
const linked = <D, M>(elements: readonly Element[], kind: string, link: (definition: D) => M): Record<string, M> =>
  Object.fromEntries(elements.filter(element => element.kind === kind).map(element => [element.name, link(element.definition as D)]))

function compileObject(definition: ObjectDefinition, issues: Issue[], junction?: JunctionModel): ObjectModel {
  const path = `objects/${definition.object}`
  const fields = compileFields(definition, issues)
  const details = Object.values(fields).filter(field => field.relation?.kind === 'masterDetail')
  if (details.length > 1) issues.push(issue('DETAIL_DOUBLE', `${path}/fields/${details[1]?.name ?? ''}`))
  const trees = Object.values(fields).filter(field => field.relation?.kind === 'hierarchy')
  if (trees.length > 1) issues.push(issue('HIERARCHY_DOUBLE', `${path}/fields/${trees[1]?.name ?? ''}`))
  for (const former of definition.was ?? [])
    if (former === definition.object) issues.push(issue('WAS_TAKEN', `${path}/was`, { name: former }))
  checkFormerNames(definition, fields, issues)
  return {
    name: definition.object,
    plural: definition.plural,
    label: definition.label,
    pluralLabel: definition.pluralLabel ?? definition.label,
    icon: definition.icon ?? 'box',
    title: titleOf(definition, fields, issues),
    hasOwner: hasOwner(definition),
    table: '',
    fields,
    children: {},
    detail: details[0] ?? null,
    rules: [],
    definition,
    ...(junction ? { junction } : {}),
  }
}

function titleOf(definition: ObjectDefinition, fields: Readonly<Record<string, FieldModel>>, issues: Issue[]): string {
  const own = Object.values(fields).filter(field => !field.system)
  const guess = own.find(field => field.type.name === 'text' || field.type.name === 'autonumber')?.name ?? 'id'
  if (definition.title === undefined) return guess
  const named = lookup(fields, definition.title)
  if (named && !named.class.parts) return definition.title
  if (named) {
    issues.push(issue('PROPERTY_UNFIT', `objects/${definition.object}/title`, { property: 'title', type: named.type.name }))
    return guess
  }
  issues.push(
    issue('TITLE_UNKNOWN', `objects/${definition.object}/title`, {
      title: definition.title,
      suggestion: suggestion(definition.title, Object.keys(fields)),
    }),
  )
  return guess
}

function checkFormerNames(definition: ObjectDefinition, fields: Readonly<Record<string, FieldModel>>, issues: Issue[]): void {
  for (const field of Object.values(fields)) {
    for (const former of field.definition.was ?? []) {
      if (lookup(fields, former)) issues.push(issue('WAS_TAKEN', `objects/${definition.object}/fields/${field.name}/was`, { name: former }))
    }
  }
}

/** Gives every object its children and the ends of its links, checks targets, and lets lines read their currency from their parent. */
function linkRelations(
  bare: Readonly<Record<string, ObjectModel>>,
  ends: readonly (readonly [object: string, child: ChildModel])[],
  issues: Issue[],
): Record<string, ObjectModel> {
  const children = new Map<string, ChildModel[]>()
  for (const object of Object.values(bare)) {
    for (const field of Object.values(object.fields)) {
      if (field.targets) linkTargets(object, field, bare, children, issues)
      if (!field.relation || field.relation.kind === 'member') continue
      const target = field.relation.to === null ? undefined : lookup(bare, field.relation.to)
      if (!target) {
        issues.push(
          issue('RELATION_TARGET_UNKNOWN', `objects/${object.name}/fields/${field.name}/to`, {
            to: field.relation.to ?? '',
            suggestion: suggestion(field.relation.to ?? '', Object.keys(bare)),
          }),
        )
        continue
      }
      const inverse = field.definition.inverse
      if (inverse === undefined) continue
      children.set(target.name, [
        ...(children.get(target.name) ?? []),
        {
          name: inverse,
          label: field.definition.inverseLabel ?? object.pluralLabel,
          object: object.name,
          field: field.name,
          owned: field.relation.kind === 'masterDetail' && isDefined(object),
        },
      ])
    }
  }
  for (const [object, end] of ends) children.set(object, [...(children.get(object) ?? []), end])
  return Object.fromEntries(
    Object.values(bare).map(object => [object.name, withChildren(object, children.get(object.name) ?? [], bare, issues)]),
  )
}

/** The children that a polymorphic field makes at each of its objects. */
function linkTargets(
  object: ObjectModel,
  { name, targets = [], definition }: FieldModel,
  bare: Readonly<Record<string, ObjectModel>>,
  children: Map<string, ChildModel[]>,
  issues: Issue[],
): void {
  targets.forEach((to, index) => {
    if (!lookup(bare, to))
      issues.push(
        issue('RELATION_TARGET_UNKNOWN', `objects/${object.name}/fields/${name}/to/${index}`, {
          to,
          suggestion: suggestion(to, Object.keys(bare)),
        }),
      )
    else if (definition.inverse !== undefined)
      children.set(to, [
        ...(children.get(to) ?? []),
        {
          name: definition.inverse,
          label: definition.inverseLabel ?? object.pluralLabel,
          object: object.name,
          field: name,
          owned: false,
          pointsAs: { field: typeFieldName(name), object: to },
        },
      ])
  })
}

function withChildren(
  object: ObjectModel,
  children: readonly ChildModel[],
  objects: Readonly<Record<string, ObjectModel>>,
  issues: Issue[],
): ObjectModel {
  const unique: Record<string, ChildModel> = {}
  for (const child of children) {
    if (Object.hasOwn(unique, child.name))
      issues.push(
        issue('NAME_TAKEN', child.through?.declaredAt ?? `objects/${child.object}/fields/${child.field}/inverse`, {
          name: child.name,
          owner: object.label,
          proposal: `${child.name}2`,
        }),
      )
    else unique[child.name] = child
  }
  const fields = object.detail ? parentCurrencies(object, objects, issues) : object.fields
  return { ...object, children: unique, fields: withTargetLabels(fields, objects) }
}

/** The objects that a polymorphic field points at are called as they are themselves. */
const withTargetLabels = (
  fields: Readonly<Record<string, FieldModel>>,
  objects: Readonly<Record<string, ObjectModel>>,
): Record<string, FieldModel> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (field.typeOf === undefined) return [name, field]
      const options = (field.definition.options ?? []).map(option => ({
        ...option,
        label: lookup(objects, option.value)?.label ?? option.value,
      }))
      return [name, { ...field, definition: { ...field.definition, options } }]
    }),
  )

function parentCurrencies(
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  issues: Issue[],
): Record<string, FieldModel> {
  const parent = object.detail?.relation?.to ? lookup(objects, object.detail.relation.to) : undefined
  const column =
    parent && Object.values(parent.fields).find(field => field.type.name === 'currency' && field.currencyOf === null)?.columns[0]
  const key = object.detail?.columns[0]
  return Object.fromEntries(
    Object.entries(object.fields).map(([name, field]) => {
      const isOpen =
        field.currency === null && (field.type.name === 'money' || field.definition.returns === 'money' || field.currencyOf !== null)
      if (!isOpen) return [name, field]
      if (!parent || !column || !key) {
        if (field.currencyOf === null) issues.push(issue('CURRENCY_FIELD_MISSING', `objects/${object.name}/fields/${name}/currency`))
        return [name, field]
      }
      return [name, { ...field, currency: { from: 'parent' as const, object: parent.name, column, key } }]
    }),
  )
}
