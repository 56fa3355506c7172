import type { FormDefinition } from '../definitions/form.js'
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

/** A section of a form: its fields by the keys of their values. */
export interface Section {
  readonly name: string
  readonly label: Label | undefined
  readonly columns: 1 | 2
  readonly keys: readonly string[]
}

/** A form as react-jsonschema-form takes it, and its sections. */
export interface FormShape {
  readonly schema: FormSchema
  readonly uiSchema: FormUiSchema
  readonly sections: readonly Section[]
  readonly wide: ReadonlySet<string>
}

/** The form of an object: the first that is defined for it. */
export const formOf = (model: Model, object: ObjectModel): FormDefinition | undefined =>
  Object.values(model.forms).find(form => form.object === object.name)

type Placed = { readonly name: string; readonly width: 'half' | 'full' | undefined }

const isTyped = (field: FieldModel): boolean =>
  field.currencyOf === null && !field.definition.hidden && (!field.system || field.name === 'owner')

/** The sections when nobody defined a form: all that can be typed in one. */
function usualSections(object: ObjectModel): { section: string; label: Label | undefined; columns: 1 | 2; fields: Placed[] }[] {
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

function sectionsOf(form: FormDefinition | undefined, object: ObjectModel) {
  if (!form) return usualSections(object)
  return form.sections.map(section => ({
    section: section.section,
    label: section.label as Label | undefined,
    columns: section.columns ?? 2,
    fields: section.fields.map(
      (placed): Placed => (typeof placed === 'string' ? { name: placed, width: undefined } : { name: placed.field, width: placed.width }),
    ),
  }))
}

/** What a form shows: everything on an edit, on a creation only what can be given. */
export interface FormPurpose {
  readonly isNew: boolean
  /** Only these fields, for quick create. */
  readonly only?: readonly string[] | undefined
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

/**
 * Turns a form definition into what react-jsonschema-form draws; values stand under their keys (`partnerId`), lines under the child's name.
 * @param form the definition, or undefined for a form of all fields
 */
export function formShape(form: FormDefinition | undefined, object: ObjectModel, purpose: FormPurpose): FormShape {
  const properties: Record<string, FieldSchema> = {}
  const uiSchema: Record<string, FieldSchema> = { 'ui:submitButtonOptions': { norender: true } }
  const wide = new Set<string>()
  const take = (placed: Placed): string[] => {
    if (purpose.only && !purpose.only.includes(placed.name)) return []
    const child: ChildModel | undefined = Object.hasOwn(object.children, placed.name) ? object.children[placed.name] : undefined
    if (child?.owned) {
      properties[child.name] = { type: 'array', items: { type: 'object' }, title: child.name }
      uiSchema[child.name] = { 'ui:field': 'lines' }
      wide.add(child.name)
      return [child.name]
    }
    if (child?.through && (purpose.mayLink?.(child) ?? true)) {
      properties[child.name] = { type: 'array', items: { type: 'object' }, title: child.name }
      uiSchema[child.name] = { 'ui:field': 'links' }
      wide.add(child.name)
      return [child.name]
    }
    const field = Object.hasOwn(object.fields, placed.name) ? object.fields[placed.name] : undefined
    const entry = field && fieldEntry(field, purpose)
    if (!field || !entry) return []
    properties[field.key] = entry.schema
    uiSchema[field.key] = entry.ui
    if (isWide(field, placed)) wide.add(field.key)
    return [field.key]
  }
  const sections = sectionsOf(form, object)
    .map(
      ({ section, label, columns, fields }): Section => ({
        name: section,
        label,
        columns: columns === 1 ? 1 : 2,
        keys: fields.flatMap(take),
      }),
    )
    .filter(section => section.keys.length > 0)
  return { schema: { type: 'object', properties }, uiSchema, sections, wide }
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
