import type { OptionDefinition } from '@tessera/platform/fields/definition.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { ImportColumn } from '@tessera/platform/records/import-mapping.js'
import { lookup } from '@tessera/platform/registry.js'

/** The steps of an import, in order. */
export const steps = ['file', 'columns', 'values', 'try', 'done'] as const
export type StepName = (typeof steps)[number]

/** A column of the file as the server saw it. */
export interface SeenColumn {
  readonly name: string
  readonly samples: readonly string[]
  readonly filled: number
  readonly dateFormat: string | null
  /** The field that it seems to mean. */
  readonly field: string | null
  readonly guess: string | null
}

/** A value that no option and no record is called. */
export interface UnknownValue {
  readonly column: string
  readonly field: string
  readonly value: string
  readonly count: number
  readonly suggestion: string | null
}

/** How far somebody is with an import. */
export interface ImportState {
  readonly step: StepName
  readonly file: { readonly id: string; readonly name: string; readonly size: number } | null
  readonly columns: readonly SeenColumn[]
  readonly rows: number
  readonly mapping: readonly ImportColumn[]
  readonly match: string | null
  /** The dry run of this mapping. */
  readonly trial: string | null
  /** The import itself. */
  readonly job: string | null
}

export const atStart: ImportState = { step: 'file', file: null, columns: [], rows: 0, mapping: [], match: null, trial: null, job: null }

/** The mapping with another field for one place of a column; null takes the place away. A change makes a dry run worthless. */
export function fed(state: ImportState, entry: ImportColumn | undefined, column: string, field: string | null): ImportState {
  const dateFormat = state.columns.find(each => each.name === column)?.dateFormat
  const next: ImportColumn | null = field === null ? null : { column, field, ...(dateFormat ? { dateFormat } : {}) }
  if (!entry) return next ? remapped(state, [...state.mapping, next]) : state
  return remapped(
    state,
    state.mapping.flatMap(each => (each === entry ? (next ? [next] : []) : [each])),
  )
}

/** The mapping with other particulars of one entry: how its dates are written, by what its records are named. */
export const refined = (
  state: ImportState,
  entry: ImportColumn,
  change: { readonly dateFormat?: string; readonly by?: string | undefined },
): ImportState =>
  remapped(
    state,
    state.mapping.map(each => (each === entry ? withoutUndefined({ ...each, ...change }) : each)),
  )

const withoutUndefined = ({ by, ...entry }: Omit<ImportColumn, 'by'> & { readonly by?: string | undefined }): ImportColumn =>
  by === undefined ? entry : { ...entry, by }

/** The mapping that reads one text in place of another; an empty one is read as it stands again. */
export const replaced = (
  state: ImportState,
  { column, field, value }: Pick<UnknownValue, 'column' | 'field' | 'value'>,
  by: string,
): ImportState =>
  remapped(
    state,
    state.mapping.map(entry => {
      if (entry.column !== column || entry.field !== field) return entry
      const { [value]: _, ...others } = entry.values ?? {}
      return { ...entry, values: by === '' ? others : { ...others, [value]: by } }
    }),
  )

/** Other columns: what was tried is tried again, and a match field that is no longer fed is none. */
function remapped(state: ImportState, mapping: readonly ImportColumn[]): ImportState {
  const isFed = mapping.some(entry => entry.field === state.match)
  return { ...state, mapping, match: isFed ? state.match : null, trial: null }
}

/** What a value of the file is read as, empty when as it stands. */
export const replacementOf = (state: ImportState, { column, field, value }: Pick<UnknownValue, 'column' | 'field' | 'value'>): string =>
  state.mapping.find(entry => entry.column === column && entry.field === field)?.values?.[value] ?? ''

/** The fields that two columns feed; only one can. */
export function fedTwice(mapping: readonly ImportColumn[]): string[] {
  const fields = mapping.map(entry => entry.field)
  return [...new Set(fields.filter((field, index) => fields.indexOf(field) !== index))]
}

/** The option that is called so, by its value or a label of any language; undefined when it is none or no longer offered. */
export function optionCalled(options: readonly OptionDefinition[], text: string): OptionDefinition | undefined {
  const meant = options.find(({ value, label }) =>
    [value, ...(typeof label === 'string' ? [label] : Object.values(label ?? {}))].includes(text),
  )
  return meant?.inactive ? undefined : meant
}

/**
 * The mapping that reads a value of a column as what was suggested for it, in every field that the column feeds.
 * An option is kept by its value, whatever the suggestion calls it; what no option is called changes nothing.
 */
export function taken(state: ImportState, object: ObjectModel, column: string, value: string, suggestion: string): ImportState {
  return state.mapping
    .filter(entry => entry.column === column)
    .reduce((before, { field }) => {
      const options = lookup(object.fields, field)?.definition.options
      const by = options ? optionCalled(options, suggestion)?.value : suggestion
      return by === undefined ? before : replaced(before, { column, field, value }, by)
    }, state)
}

/** The fields that a new record must have, and that no column and no default gives. */
export const unfedOf = (mapping: readonly ImportColumn[], object: ObjectModel): string[] =>
  Object.values(object.fields).flatMap(({ name, definition, writable, system }) =>
    definition.required && definition.default === undefined && writable && !system && !mapping.some(({ field }) => field === name)
      ? [name]
      : [],
  )
