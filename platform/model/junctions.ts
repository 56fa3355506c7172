import type { ObjectDefinition } from '../definitions/object.js'
import { type Issue, issue } from '../errors.js'
import type { FieldDefinition } from '../fields/definition.js'
import type { Label } from '../label.js'
import { suggestion } from '../rules/suggestion.js'
import type { JunctionModel, ThroughModel } from './junction-model.js'
import type { ChildModel } from './model.js'
import { fnv, freeName, typeName } from './naming.js'

/** A many-to-many made into an object that holds its links. */
export interface Junction {
  readonly definition: ObjectDefinition
  readonly model: JunctionModel
}

/** Where the links of a record stand in their order. */
export const positionName = 'position'
/** The role that a link has, where there are labels. */
export const linkLabelName = 'label'

const labels: Readonly<Record<string, Label>> = {
  position: { en: 'Position', 'zh-CN': '顺序' },
  label: { en: 'Role', 'zh-CN': '角色' },
}
const notAttributes: readonly string[] = ['manyToMany', 'masterDetail', 'hierarchy', 'rollup', 'autonumber']

/** The name of the object that holds the links of a field; one that would be too long is cut and gets a hash. */
export function junctionName(object: string, field: string): string {
  const whole = `${object}${typeName(field)}Link`
  return whole.length <= 39 ? whole : `${whole.slice(0, 31)}${fnv(whole).slice(0, 8)}`
}

/** The plural of a junction's name. */
const pluralOf = (name: string): string => `${name}s`

/** The name under which a record has its links themselves: `competitorsLinks` beside `competitors`. */
export const linksName = (name: string): string =>
  name.length <= 35 ? `${name}Links` : `${name.slice(0, 27)}${fnv(name).slice(0, 8)}Links`

/** The junctions that the many-to-many fields of some definitions make; what cannot be one is told. */
export function junctionsOf(definitions: readonly ObjectDefinition[], issues: Issue[]): Junction[] {
  const known = new Map(definitions.map(definition => [definition.object, definition]))
  return definitions.flatMap(definition =>
    Object.entries(definition.fields)
      .filter(([, field]) => field.type === 'manyToMany')
      .flatMap(([name, field]) => {
        const path = `objects/${definition.object}/fields/${name}`
        const target = known.get(field.to ?? '')
        if (!target) {
          const params = { to: field.to ?? '', suggestion: suggestion(field.to ?? '', [...known.keys()]) }
          issues.push(issue('RELATION_TARGET_UNKNOWN', `${path}/to`, params))
          return []
        }
        const junction = junctionOf(definition, name, field, target)
        const isFree = !known.has(junction.definition.object)
        if (!isFree) issues.push(taken(name, known.get(junction.definition.object)?.label ?? name, path))
        checkAttributes(field, junction.model, path, issues)
        return isFree ? [junction] : []
      }),
  )
}

const taken = (name: string, owner: Label, path: string): Issue =>
  issue('NAME_TAKEN', path, { name, owner, proposal: freeName(name, other => other === name) })

function checkAttributes(field: FieldDefinition, { near, far }: JunctionModel, path: string, issues: Issue[]): void {
  const own = new Set([near, far, positionName, ...(field.labels ? [linkLabelName] : [])])
  for (const [name, attribute] of Object.entries(field.attributes ?? {})) {
    if (own.has(name)) issues.push(taken(name, field.label ?? name, `${path}/attributes/${name}`))
    if (notAttributes.includes(attribute.type))
      issues.push(issue('PROPERTY_UNFIT', `${path}/attributes/${name}`, { property: name, type: attribute.type }))
  }
}

function junctionOf(definition: ObjectDefinition, name: string, field: FieldDefinition, target: ObjectDefinition): Junction {
  const near = definition.object
  const far = target.object === near ? `other${typeName(near)}` : target.object
  const object = junctionName(near, name)
  const label = field.label ?? name
  const fields = junctionFields(definition, name, field, target, far)
  const formers = formerNames(definition, name, field)
  return {
    definition: { object, plural: pluralOf(object), label, owner: 'none', title: far, fields, ...wasOf(formers) },
    model: {
      object: near,
      field: name,
      inverse: field.inverse ?? null,
      near,
      far,
      max: field.max === undefined ? null : Number(field.max),
      limits: Object.fromEntries((field.labels ?? []).flatMap(one => (one.max === undefined ? [] : [[one.value, one.max] as const]))),
      ordered: field.ordered === true,
      mirrors: [],
    },
  }
}

/** The fields of a junction: what is said of each link, then its two ends. */
function junctionFields(
  definition: ObjectDefinition,
  name: string,
  field: FieldDefinition,
  target: ObjectDefinition,
  far: string,
): Record<string, FieldDefinition> {
  const near = definition.object
  const attributes = Object.entries((field.attributes ?? {}) as Readonly<Record<string, FieldDefinition>>)
  const inverseLabel = field.inverseLabel ?? definition.pluralLabel ?? definition.label
  return {
    ...Object.fromEntries(attributes.filter(([, attribute]) => !notAttributes.includes(attribute.type))),
    ...(field.labels ? { [linkLabelName]: labelField(field) } : {}),
    ...(field.ordered ? { [positionName]: { type: 'integer', label: labels.position ?? '', index: true } } : {}),
    [near]: {
      type: 'masterDetail',
      to: near,
      label: definition.label,
      inverse: linksName(name),
      inverseLabel: field.label ?? name,
      ...wasOf(definition.was ?? []),
    },
    [far]: {
      type: 'lookup',
      to: target.object,
      label: target.label,
      required: true,
      onDelete: 'cascade',
      ...(field.inverse === undefined ? {} : { inverse: linksName(field.inverse), inverseLabel }),
      ...wasOf(target.object === near ? [] : (target.was ?? [])),
    },
  }
}

const labelField = (field: FieldDefinition): FieldDefinition => ({
  type: 'select',
  label: labels.label ?? '',
  options: (field.labels ?? []).map(({ value, label }) => ({ value, ...(label === undefined ? {} : { label }) })),
})

const wasOf = (was: readonly string[]): { was?: string[] } => (was.length > 0 ? { was: [...was] } : {})

/** The names that the junction had while its object or its field were called otherwise. */
function formerNames(definition: ObjectDefinition, name: string, field: FieldDefinition): string[] {
  const objects = [...(definition.was ?? []), definition.object]
  const fields = [...(field.was ?? []), name]
  const all = objects.flatMap(object => fields.map(former => junctionName(object, former)))
  return [...new Set(all)].filter(former => former !== junctionName(definition.object, name))
}

/** The two ends of a junction as children over its links, each with the object that has them. */
export function throughChildren(
  { definition, model }: Junction,
  definitions: ReadonlyMap<string, ObjectDefinition>,
): (readonly [object: string, child: ChildModel])[] {
  const near = definitions.get(model.object)
  const field = near?.fields[model.field]
  const to = field?.to ?? ''
  if (!near || !field) return []
  const declaredAt = `objects/${model.object}/fields/${model.field}`
  const through = (own: string, other: string, ordered: boolean, at: string): ThroughModel => ({
    junction: definition.object,
    own,
    other,
    ordered,
    declaredAt: at,
  })
  const child = (name: string, label: Label, object: string, way: ThroughModel): ChildModel => ({
    name,
    label,
    object,
    field: model.field,
    owned: false,
    through: way,
  })
  const ends: (readonly [string, ChildModel])[] = [
    [model.object, child(model.field, field.label ?? model.field, to, through(model.near, model.far, model.ordered, declaredAt))],
  ]
  if (model.inverse === null) return ends
  const label = field.inverseLabel ?? near.pluralLabel ?? near.label
  const way = through(model.far, model.near, false, `${declaredAt}/inverse`)
  return [...ends, [to, child(model.inverse, label, model.object, way)]]
}

/** An issue of a junction at the place of the definition that made it. */
export function atDefinition(found: Issue, junctions: readonly Junction[]): Issue {
  const [, name = '', part, inner = '', ...rest] = found.path.split('/')
  const junction = found.path.startsWith('objects/') ? junctions.find(({ definition }) => definition.object === name) : undefined
  if (!junction) return found
  const at = `objects/${junction.model.object}/fields/${junction.model.field}`
  const isAttribute =
    part === 'fields' && !junction.model.mirrors.includes(inner) && inner !== junction.model.near && inner !== junction.model.far
  return { ...found, path: isAttribute ? [at, 'attributes', inner, ...rest].join('/') : at }
}

/** Whether an object is defined, not made to hold links. */
export const isDefined = ({ junction }: { readonly junction?: JunctionModel }): boolean => junction === undefined
