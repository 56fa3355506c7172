import { Decimal } from 'decimal.js'
import { type Issue, issue } from '../errors.js'
import type { TextContext } from '../fields/field.js'
import { labelOf } from '../label.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { typeName } from '../model/naming.js'
import { titleName } from '../model/seen.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'

/** One cell of a written table: a text for people, or a value that a spreadsheet reckons with. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly is: boolean; readonly text: string }
  /** An exact decimal as text; `form` says how a spreadsheet shows it. */
  | { readonly kind: 'number'; readonly text: string; readonly form: 'integer' | 'decimal' | 'percent' | 'money' }
  /** A day `YYYY-MM-DD`, or a day and time of the reader's zone `YYYY-MM-DD HH:mm:ss`. */
  | { readonly kind: 'date' | 'dateTime'; readonly text: string }

/** A column of an export: its name for people, what to ask of a record for it, and its cell. */
export interface ExportColumn {
  readonly name: string
  /** GraphQL of the record, under aliases of its own. */
  readonly selection: string
  readonly cell: (record: Readonly<Record<string, unknown>>) => Cell
}

/** What an export is linked with. */
export interface ExportPlace {
  /** The object and the model as the reader sees them. */
  readonly object: ObjectModel
  readonly model: Model
  readonly text: TextContext
}

const empty: Cell = { kind: 'empty' }

/**
 * The columns of an export.
 * @param names fields of the object, or `relation.field` for a field of the record that a relation points at
 * @returns the columns and all issues; with issues the columns must not be used
 */
export function exportColumns(
  names: readonly string[],
  place: ExportPlace,
): { readonly columns: readonly ExportColumn[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const columns = names.flatMap((name, index): ExportColumn[] => {
    const column = columnOf(name, `c${index}`, `fields/${index}`, place, issues)
    return column ? [column] : []
  })
  return { columns, issues }
}

function columnOf(name: string, alias: string, path: string, place: ExportPlace, issues: Issue[]): ExportColumn | null {
  const [first = '', second, ...rest] = name.split('.')
  const { object, model, text } = place
  const field = fieldOf(object, first, path, issues)
  if (!field) return null
  const header = labelOf(field.label, text.locale)
  if (second === undefined) return ofField(field, alias, header, place)
  const target = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  const inner = target && rest.length === 0 ? fieldOf(target, second, path, issues) : null
  if (!target || rest.length > 0) issues.push(issue('FIELD_UNKNOWN', path, { object: object.label, field: name, suggestion: '' }))
  if (!inner) return null
  const own = ofField(inner, 'v', labelOf(inner.label, text.locale), place)
  return {
    name: `${header} · ${own.name}`,
    selection: `${alias}: ${field.name} { ${own.selection} }`,
    cell: record => (isRecord(record[alias]) ? own.cell(record[alias]) : empty),
  }
}

function fieldOf(object: ObjectModel, name: string, path: string, issues: Issue[]): FieldModel | null {
  const field = lookup(object.fields, name)
  if (!field)
    issues.push(
      issue('FIELD_UNKNOWN', path, { object: object.label, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
    )
  return field ?? null
}

function ofField(field: FieldModel, alias: string, name: string, place: ExportPlace): ExportColumn {
  if (field.relation) return ofRelation(field, alias, name, place)
  if (field.targets) return ofTargets(field, field.targets, alias, name, place)
  const { text } = place
  if (field.class.parts)
    return {
      name,
      selection: `${alias}: ${field.name} { ${Object.keys(field.class.parts).join(' ')} }`,
      cell: record => textCell(field.type.format(record[alias], field.definition, text)),
    }
  return { name, selection: `${alias}: ${field.name}`, cell: record => cellOf(record[alias], field, text) }
}

/** A relation is written as the name of the record that it points at. */
function ofRelation(field: FieldModel, alias: string, name: string, { model, text }: ExportPlace): ExportColumn {
  const target = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  const title = field.relation?.to ? titleName(target) : 'name'
  const named = target ? lookup(target.fields, title) : undefined
  return {
    name,
    selection: `${alias}: ${field.name} { v: ${title} }`,
    cell: record => {
      const pointed = record[alias]
      if (!isRecord(pointed)) return empty
      return named ? cellOf(pointed.v, named, text) : textCell(String(pointed.v ?? ''))
    },
  }
}

/** A record of one of several objects is written as its name, where it has none as its id. */
function ofTargets(field: FieldModel, targets: readonly string[], alias: string, name: string, { model, text }: ExportPlace): ExportColumn {
  const known = targets
    .flatMap(target => lookup(model.objects, target) ?? [])
    .map((target, at) => ({ type: typeName(target.name), title: lookup(target.fields, titleName(target)), key: `v${at}` }))
  const parts = known.map(({ type, title, key }) => `... on ${type} { id ${key}: ${title?.name ?? 'id'} }`)
  return {
    name,
    selection: `${alias}: ${field.name} { __typename ${parts.join(' ')} }`,
    cell: record => {
      const pointed = record[alias]
      if (!isRecord(pointed)) return empty
      const end = known.find(({ type }) => type === pointed.__typename)
      const titled = end?.title ? cellOf(pointed[end.key], end.title, text) : empty
      return titled.kind === 'empty' ? textCell(String(pointed.id ?? '')) : titled
    },
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const textCell = (text: string): Cell => (text === '' ? empty : { kind: 'text', text })

function cellOf(value: unknown, field: FieldModel, context: TextContext): Cell {
  if (value === null || value === undefined) return empty
  const rule = field.class.rule
  if (rule === 'integer' || rule === 'decimal') return { kind: 'number', text: String(value), form: formOf(field, rule) }
  if (rule === 'boolean') return { kind: 'boolean', is: value === true, text: field.type.format(value, field.definition, context) }
  if (rule === 'date') return { kind: 'date', text: String(value) }
  if (rule === 'dateTime') return { kind: 'dateTime', text: localTime(String(value), context) }
  return textCell(field.type.format(value, field.definition, context))
}

function formOf(field: FieldModel, rule: 'integer' | 'decimal'): 'integer' | 'decimal' | 'percent' | 'money' {
  const name = field.definition.returns ?? field.definition.shows ?? field.type.name
  return name === 'percent' || name === 'money' ? name : rule
}

/** An instant in the reader's zone, to the second, in a form that every spreadsheet and import reads. */
const localTime = (instant: string, { timeZone }: TextContext): string =>
  new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone,
  }).format(new Date(instant))

/** A cell as a CSV file has it: numbers without thousands separators, shares of one in per cent, both exact. */
export function cellText(cell: Cell): string {
  if (cell.kind === 'empty') return ''
  return cell.kind === 'number' && cell.form === 'percent' ? `${new Decimal(cell.text).times(100).toFixed()}%` : cell.text
}
