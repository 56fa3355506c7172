import { type Element, elementPath } from '../definitions/index.js'
import type { ObjectDefinition } from '../definitions/object.js'
import { partKinds, type TemplateDefinition } from '../definitions/template.js'
import { issueInPart, type Part, partsOf } from '../definitions/template-parts.js'
import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { type Compiled, compileModel } from './compile.js'
import { isDefined } from './junctions.js'
import type { Model, ObjectModel } from './model.js'

/** Links definitions into a model, and each template by itself: what is wrong in one is told at its place there. */
export function compileWithTemplates(elements: readonly Element[]): Compiled {
  const compiled = compileModel(elements)
  const found = issuesOfTemplates(compiled.model, elements)
  return found.length > 0 ? { ...compiled, issues: [...compiled.issues, ...found] } : compiled
}

/** What is wrong in the templates of a model. */
export const issuesOfTemplates = (model: Model, elements: readonly Element[]): Issue[] =>
  Object.values(model.templates).flatMap(template => templateIssues(template, elements, model))

/** What was found about a template, and the definitions on which that depends. */
interface Known {
  readonly on: readonly unknown[]
  readonly issues: readonly Issue[]
}

const known = new WeakMap<TemplateDefinition, Known>()

/**
 * What is wrong in a template: its definitions are linked as if they were live, beside the objects that its own one points at. Names
 * that live objects have already are free here, since whoever takes a template gives it others.
 */
export function templateIssues(template: TemplateDefinition, elements: readonly Element[], model: Model): readonly Issue[] {
  const parts = Array.isArray(template.elements) ? partsOf(template) : []
  const beside = reached(parts, model)
  const others = elements.filter(({ kind }) => kind === 'optionSet' || kind === 'role')
  const names = new Set(beside.map(({ name }) => name))
  const on = [...elements.filter(({ kind, name }) => kind === 'object' && names.has(name)), ...others].map(({ definition }) => definition)
  const before = known.get(template)
  if (before && before.on.length === on.length && before.on.every((one, at) => one === on[at])) return before.issues
  const issues = [...misplaced(template, parts), ...linkIssues(parts, beside, others)]
  known.set(template, { on, issues })
  return issues
}

/** A template holds one object and what is for it, each once. */
function misplaced(template: TemplateDefinition, parts: readonly Part[]): Issue[] {
  const objects = parts.filter(({ element }) => element?.kind === 'object')
  const own = objects[0]?.element?.name
  const seen = new Set<string>()
  const issues = parts.flatMap(({ path, element }): Issue[] => {
    if (!element) return [issue('KIND_UNKNOWN', path, { kinds: partKinds.join(', ') })]
    const { kind, name, definition } = element
    if (!partKinds.includes(kind)) return [issue('TEMPLATE_KIND', path, { kind, kinds: partKinds.join(', ') })]
    const isSeen = seen.has(elementPath(element))
    seen.add(elementPath(element))
    if (isSeen) return [issue('ELEMENT_DOUBLE', path, { kind, name })]
    return kind === 'object' || own === undefined || definition.object === own
      ? []
      : [issue('TEMPLATE_ASTRAY', `${path}/object`, { name, object: own })]
  })
  const at = `${elementPath({ kind: 'template', name: template.template })}/elements`
  return objects.length === 1 ? issues : [issue('TEMPLATE_OBJECT', at, { count: objects.length }), ...issues]
}

/** The objects that a template's own ones point at, and those that these point at: rules may read along. */
function reached(parts: readonly Part[], { objects }: Model): ObjectModel[] {
  const own = parts.flatMap(({ element }) => (element?.kind === 'object' ? [element] : []))
  const names = new Set(own.map(({ name }) => name))
  const found = new Map<string, ObjectModel>()
  const follow = (definition: ObjectDefinition): void => {
    for (const to of Object.values(definition.fields).flatMap(field => (field.to ?? []) as string | readonly string[])) {
      const object = lookup(objects, to)
      if (!object || !isDefined(object) || names.has(to) || found.has(to)) continue
      found.set(to, object)
      follow(object.definition)
    }
  }
  for (const { definition } of own) follow(definition as ObjectDefinition)
  return [...found.values()]
}

/** Roles are named only: what they grant is of live objects. */
const bareRole = ({ kind, name, definition }: Element): Element => ({
  kind,
  name,
  definition: { role: name, label: definition.label ?? name, grants: {} },
})

/** An object whose fields say what they return, without those for which others would be needed. */
function asReached({ name, definition, fields }: ObjectModel): Element {
  const resolved = Object.entries(definition.fields).map(([field, given]) => [field, lookup(fields, field)?.definition ?? given])
  return { kind: 'object', name, definition: { ...definition, fields: Object.fromEntries(resolved) } }
}

function linkIssues(parts: readonly Part[], beside: readonly ObjectModel[], others: readonly Element[]): Issue[] {
  const own = parts.flatMap(part => (part.element && partKinds.includes(part.element.kind) ? [{ ...part, element: part.element }] : []))
  const { issues } = compileModel([
    ...others.map(element => (element.kind === 'role' ? bareRole(element) : element)),
    ...beside.map(asReached),
    ...own.map(({ element }) => element),
  ])
  return issues.flatMap(found => {
    const part = own.find(({ element }) => found.path === elementPath(element) || found.path.startsWith(`${elementPath(element)}/`))
    return part && !isOfLive(found, part.element.name, beside) ? [issueInPart(part, found)] : []
  })
}

/** Whether the name of a whole object is taken by one that lives. */
const isOfLive = ({ code, path, params }: Issue, name: string, beside: readonly ObjectModel[]): boolean =>
  code === 'NAME_TAKEN' &&
  (path === `objects/${name}` || path === `objects/${name}/plural`) &&
  beside.some(({ label }) => label === params.owner)
