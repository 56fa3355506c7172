import type { FormDefinition, PlacedDefinition } from '../definitions/form.js'
import type { Label } from '../label.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '../model/model.js'
import { isLong, seenFields, statusOf, titleName } from '../model/seen.js'

/** JSON Schema of the values of a form, in its plain form, and what is said of their drawing. */
type FieldSchema = Readonly<Record<string, unknown>>

export interface FormSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, FieldSchema>>
}
export type FormUiSchema = Readonly<Record<string, FieldSchema>>

/** A section of a form: its fields by the keys of their values; one without any is a text for people. */
export interface Section {
  readonly name: string
  readonly label: Label | undefined
  readonly columns: 1 | 2
  readonly keys: readonly string[]
  /** A text below its title. */
  readonly help?: Label
  /** The tab that it stands in; above all tabs where there is none. */
  readonly tab?: string
  /** Whether it begins folded. */
  readonly isFolded?: true
}

/** What a form calls a field, and what it says below it, where that differs from the field's own. */
export interface FieldTexts {
  readonly label?: Label | undefined
  readonly help?: Label | undefined
}

/** A form as react-jsonschema-form takes it, and its sections. */
export interface FormShape {
  readonly schema: FormSchema
  readonly uiSchema: FormUiSchema
  readonly tabs: readonly { readonly name: string; readonly label: Label }[]
  readonly sections: readonly Section[]
  readonly wide: ReadonlySet<string>
  readonly texts: ReadonlyMap<string, FieldTexts>
}

const lastOrder = 1001

/** Whether a form is only for some records, people or devices. */
const isSpecial = ({ when, roles, device }: FormDefinition): boolean => when !== undefined || roles !== undefined || device !== undefined

/** The forms of an object as they are tried: by their order, the special ones before the others, else as they are defined. */
export const formsOf = (model: Model, object: ObjectModel): FormDefinition[] =>
  Object.values(model.forms)
    .filter(form => form.object === object.name)
    .sort((left, right) => (left.order ?? lastOrder) - (right.order ?? lastOrder) || Number(isSpecial(right)) - Number(isSpecial(left)))

/** The form of an object for everybody and everything: the first that is defined so. */
export const formOf = (model: Model, object: ObjectModel): FormDefinition | undefined =>
  formsOf(model, object).find(form => !isSpecial(form))

type Placed = { readonly name: string; readonly width: 'half' | 'full' | undefined } & FieldTexts

const isTyped = (field: FieldModel): boolean =>
  field.currencyOf === null && !field.definition.hidden && (!field.system || field.name === 'owner')

type SectionOf = Omit<Section, 'keys' | 'name'> & { readonly section: string; readonly fields: readonly Placed[] }

/** The sections when nobody defined a form: all that can be typed in one. */
function usualSections(object: ObjectModel): SectionOf[] {
  const names = seenFields(object)
    .filter(field => isTyped(field) && field.writable)
    .map(field => field.name)
  const first = [titleName(object), statusOf(object)?.name ?? ''].filter(name => names.includes(name))
  const fields = [...new Set([...first, ...names])].map(name => ({ name, width: undefined }))
  const owned = Object.values(object.children)
    .filter(child => child.owned || isOwnLink(child, object))
    .map(child => ({ name: child.name, width: 'full' as const }))
  return [{ section: 'all', label: undefined, columns: 2, fields: [...fields, ...owned] }]
}

/** Links stand in the form of the object that defines them; the other shows them beside its records. */
const isOwnLink = ({ name, through }: ChildModel, object: ObjectModel): boolean =>
  through !== undefined && object.definition.fields[name]?.type === 'manyToMany'

function sectionsOf(form: FormDefinition | undefined, object: ObjectModel): SectionOf[] {
  if (!form) return usualSections(object)
  return form.sections.map(({ section, label, help, tab, columns, collapsed, fields }) => ({
    section,
    label: label as Label | undefined,
    columns: columns ?? 2,
    ...(help === undefined ? {} : { help: help as Label }),
    ...(tab !== undefined && form.tabs?.some(known => known.tab === tab) ? { tab } : {}),
    ...(collapsed ? { isFolded: true as const } : {}),
    fields: fields.map(placedOf),
  }))
}

const placedOf = (placed: string | PlacedDefinition): Placed =>
  typeof placed === 'string'
    ? { name: placed, width: undefined }
    : { name: placed.field, width: placed.width, label: placed.label as Label | undefined, help: placed.help as Label | undefined }

/** Names of what can be placed in a form of an object: fields that are typed or read there, lines and links. */
export const placeable = (object: ObjectModel): string[] => [
  ...seenFields(object)
    .filter(isTyped)
    .map(({ name }) => name),
  ...Object.values(object.children)
    .filter(child => child.owned || child.through)
    .map(({ name }) => name),
]

/** The form that an object has while nobody defined one, as a definition to begin with. */
export const usualForm = (object: ObjectModel, name: string, label: Label): FormDefinition => ({
  form: name,
  label,
  object: object.name,
  sections: usualSections(object).map(({ columns, fields }) => ({
    section: 'basics',
    label: { en: 'Basics', 'zh-CN': '基本信息' },
    columns,
    fields: fields.map(({ name: field, width }) => (width === undefined ? field : { field, width })),
  })),
})

/** What a form shows: everything on an edit, on a creation only what can be given. */
export interface FormPurpose {
  readonly isNew: boolean
  readonly mayWrite: (field: FieldModel) => boolean
  /** Whether links may be changed here; they may unless it is said. */
  readonly mayLink?: (child: ChildModel) => boolean
}

const isWide = (field: FieldModel, placed: Placed): boolean => placed.width === 'full' || (placed.width === undefined && isLong(field))

function fieldEntry(field: FieldModel, purpose: FormPurpose): { schema: FieldSchema; ui: FieldSchema } | undefined {
  const canWrite = purpose.mayWrite(field)
  if (!isTyped(field) || (purpose.isNew && !canWrite)) return undefined
  return {
    // what is made of parts is drawn whole: of an object rjsf would make up an empty one
    schema: { ...(canWrite && !field.class.parts ? field.type.schema(field.definition) : {}), title: field.name },
    ui: { 'ui:field': 'recordField', 'ui:readonly': !canWrite },
  }
}

/** What is drawn at a place of a form. */
interface Drawn {
  readonly key: string
  readonly schema: FieldSchema
  readonly ui: FieldSchema
  readonly isWide: boolean
}

function drawn(placed: Placed, object: ObjectModel, purpose: FormPurpose): Drawn | undefined {
  const child: ChildModel | undefined = Object.hasOwn(object.children, placed.name) ? object.children[placed.name] : undefined
  if (child?.owned || (child?.through && (purpose.mayLink?.(child) ?? true)))
    return {
      key: child.name,
      schema: { type: 'array', items: { type: 'object' }, title: child.name },
      ui: { 'ui:field': child.owned ? 'lines' : 'links' },
      isWide: true,
    }
  const field = Object.hasOwn(object.fields, placed.name) ? object.fields[placed.name] : undefined
  const entry = field && fieldEntry(field, purpose)
  return field && entry ? { key: field.key, ...entry, isWide: isWide(field, placed) } : undefined
}

/**
 * Turns a form definition into what react-jsonschema-form draws; values stand under their keys (`partnerId`), lines under the child's name.
 * @param form the definition, or undefined for a form of all fields
 */
export function formShape(form: FormDefinition | undefined, object: ObjectModel, purpose: FormPurpose): FormShape {
  const properties: Record<string, FieldSchema> = {}
  const uiSchema: Record<string, FieldSchema> = { 'ui:submitButtonOptions': { norender: true } }
  const wide = new Set<string>()
  const texts = new Map<string, FieldTexts>()
  const take = (placed: Placed): string[] => {
    const found = drawn(placed, object, purpose)
    if (!found) return []
    const { key, schema, ui, isWide: takesRow } = found
    properties[key] = schema
    uiSchema[key] = ui
    if (takesRow) wide.add(key)
    if (placed.label !== undefined || placed.help !== undefined) texts.set(key, { label: placed.label, help: placed.help })
    return [key]
  }
  const sections = sectionsOf(form, object)
    .map(({ section, fields, ...rest }) => ({ isText: fields.length === 0, drawn: { name: section, ...rest, keys: fields.flatMap(take) } }))
    .filter(({ isText, drawn: { keys, help } }) => keys.length > 0 || (isText && help !== undefined))
    .map(({ drawn: section }): Section => section)
  const tabs = (form?.tabs ?? []).map(({ tab, label }) => ({ name: tab, label: label as Label }))
  return { schema: { type: 'object', properties }, uiSchema, tabs, sections, wide, texts }
}

const mostQuickFields = 6

/** The fields of quick create: as the form says, else what is required and what says most. */
export function quickFields(form: FormDefinition | undefined, object: ObjectModel): string[] {
  if (form?.quick) return [...form.quick]
  const writable = seenFields(object).filter(field => field.writable && (!field.system || field.name === 'owner'))
  const required = [
    ...writable.filter(field => field.definition.required),
    ...Object.values(object.children).filter(child => child.required),
  ]
  const listed = writable.filter(field => field.definition.inList && !isLong(field))
  return [...new Set([titleName(object), ...required.map(field => field.name), ...listed.map(field => field.name)])].slice(
    0,
    Math.max(mostQuickFields, required.length + 1),
  )
}
