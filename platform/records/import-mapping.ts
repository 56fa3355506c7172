import { type Issue, issue } from '../errors.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { linkKeys, matchKeys } from './import-keys.js'
import { type TargetsKey, targetsKey } from './import-targets.js'

/** How one column of a file feeds one field, as people and programs say it. */
export interface ImportColumn {
  readonly column: string
  readonly field: string
  /** Order of the parts of its dates. */
  readonly dateFormat?: string
  /** What is read in place of what stands in the file. */
  readonly values?: Readonly<Record<string, string>>
  /** Of a relation: the field of the other record by which the file names it. */
  readonly by?: string
}

/** By what a file names the record of a relation. */
export type LinkKey =
  | { readonly of: 'record'; readonly target: ObjectModel; readonly field: FieldModel }
  | { readonly of: 'member'; readonly by: 'name' | 'email' }
  | { readonly of: 'id' }
  | TargetsKey

/** A column of the file with the field that it feeds. */
export interface LinkedColumn {
  readonly column: string
  /** Its place in the rows of the file. */
  readonly index: number
  readonly field: FieldModel
  readonly dateFormat: string | null
  readonly values: ReadonlyMap<string, string>
  /** Of a relation: by what its records are found. */
  readonly key: LinkKey | null
  /** A cell names several records, separated by semicolons, that are to be linked. */
  readonly isMany?: boolean
}

/** How rows of a file become records. */
export interface ImportPlan {
  readonly object: ObjectModel
  readonly columns: readonly LinkedColumn[]
  /** The column whose values find records that exist already. */
  readonly match: LinkedColumn | null
}

/** What a mapping is checked against. */
export interface ImportPlace {
  /** The object and the model as the importing member sees them. */
  readonly object: ObjectModel
  readonly model: Model
  /** The column names of the file, in order. */
  readonly columns: readonly string[]
  readonly mayWrite: (field: FieldModel) => boolean
}

/**
 * Links a mapping to the object and the file; one column may feed several fields.
 * @param match the field that finds records, or null when every row is a new one
 * @returns the plan and all issues; with issues the plan must not be used
 */
export function linkMapping(
  mapping: readonly ImportColumn[],
  match: string | null,
  place: ImportPlace,
): { readonly plan: ImportPlan; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const fed = new Set<string>()
  const columns = mapping.flatMap((entry, index): LinkedColumn[] => {
    const path = `mapping/${index}`
    const linked = linkColumn(entry, match, place, path, issues)
    if (linked && fed.has(linked.field.name)) issues.push(issue('FIELD_FED_TWICE', `${path}/field`, { field: linked.field.label }))
    if (linked) fed.add(linked.field.name)
    return linked ? [linked] : []
  })
  if (mapping.length === 0) issues.push(issue('MAPPING_EMPTY', 'mapping'))
  return { plan: { object: place.object, columns, match: matchOf(match, columns, place.object, issues) }, issues }
}

function linkColumn(entry: ImportColumn, match: string | null, place: ImportPlace, path: string, issues: Issue[]): LinkedColumn | null {
  const { object, columns } = place
  const index = columns.indexOf(entry.column)
  const links = linkFields(object, place.model).find(({ field: known }) => known.name === entry.field)
  const field = lookup(object.fields, entry.field) ?? links?.field
  if (index < 0)
    issues.push(issue('COLUMN_UNKNOWN', `${path}/column`, { column: entry.column, suggestion: suggestion(entry.column, columns) }))
  if (!field)
    issues.push(
      issue('FIELD_UNKNOWN', `${path}/field`, {
        object: object.label,
        field: entry.field,
        suggestion: suggestion(entry.field, Object.keys(object.fields)),
      }),
    )
  else if (!place.mayWrite(links?.own ?? field) && field.name !== 'id' && field.name !== match)
    issues.push(issue('FIELD_NOT_WRITABLE', `${path}/field`, { field: field.label }))
  if (!field || index < 0) return null
  const key = field.relation || field.targets ? linkKey(field, entry.by, place, path, issues) : null
  return {
    column: entry.column,
    index,
    field,
    dateFormat: entry.dateFormat ?? null,
    values: new Map(Object.entries(entry.values ?? {})),
    key,
    ...(links ? { isMany: true } : {}),
  }
}

/** The links that a file can add to: each as a relation to the records at their other end, and the field that says whether one may. */
export const linkFields = (object: ObjectModel, model: Model): { readonly field: FieldModel; readonly own: FieldModel }[] =>
  Object.values(object.children).flatMap(({ name, label, through }) => {
    const junction = through && lookup(model.objects, through.junction)
    const [own, other] = [junction?.fields[through?.own ?? ''], junction?.fields[through?.other ?? '']]
    return own && other ? [{ field: { ...other, name, key: name, label, definition: { ...other.definition, required: false } }, own }] : []
  })

function linkKey(field: FieldModel, by: string | undefined, { model, object }: ImportPlace, path: string, issues: Issue[]): LinkKey | null {
  if (field.targets) {
    const found = targetsKey(field, by, object, model)
    if (!found) issues.push(issue('KEY_UNFIT', `${path}/by`, { key: by ?? '' }))
    return found
  }
  if (by === 'id') return { of: 'id' }
  if (field.relation?.kind === 'member') return { of: 'member', by: by === 'name' ? 'name' : 'email' }
  const target = lookup(model.objects, field.relation?.to ?? '')
  const key = target && lookup(target.fields, by ?? target.title)
  if (target && key && linkKeys(target).includes(key)) return { of: 'record', target, field: key }
  issues.push(issue('KEY_UNFIT', `${path}/by`, { key: by ?? target?.title ?? '' }))
  return null
}

function matchOf(match: string | null, columns: readonly LinkedColumn[], object: ObjectModel, issues: Issue[]): LinkedColumn | null {
  if (match === null) return null
  const field = lookup(object.fields, match)
  const linked = columns.find(column => column.field.name === match) ?? null
  if (!field || !matchKeys(object).includes(field)) issues.push(issue('KEY_UNFIT', 'match', { key: match }))
  else if (!linked) issues.push(issue('MATCH_NOT_FED', 'match', { field: field.label }))
  return linked
}
