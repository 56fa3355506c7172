import { type Issue, issue } from '../errors.js'
import { nearestOption } from '../fields/choice.js'
import type { TextContext } from '../fields/field.js'
import type { Label } from '../label.js'
import type { ImportPlan, LinkedColumn, LinkKey } from './import-mapping.js'
import { namedTarget, type TargetsKey } from './import-targets.js'

/** What is wrong with one cell, or with the row when there is no column. */
export interface CellProblem {
  readonly column: string
  readonly value: string
  readonly issue: Issue
  /** What was probably meant. */
  readonly suggestion: string | null
}

/** By what one record is found. */
export type RecordKey = Exclude<LinkKey, { readonly of: 'id' | 'targets' }>

/** A cell that names a record by a key. */
export interface CellLink {
  readonly column: LinkedColumn
  readonly key: RecordKey
  /** The key in contract form. */
  readonly value: string
  readonly text: string
  /** What stands before the name in the cell and says its object. */
  readonly prefix?: string
}

/** A row read: values by key, cells that name other records, and what could not be read. */
export interface ReadRow {
  readonly values: Readonly<Record<string, unknown>>
  readonly links: readonly CellLink[]
  readonly problems: readonly CellProblem[]
}

/** Reads the cells of a row by a plan; an empty cell is an empty value. */
export function readRow(cells: readonly string[], plan: ImportPlan, context: TextContext): ReadRow {
  const values: Record<string, unknown> = {}
  const links: CellLink[] = []
  const problems: CellProblem[] = []
  for (const column of plan.columns) {
    const { field, key } = column
    const text = textOf(column, cells)
    const told = { ...context, ...(column.dateFormat === null ? {} : { dateFormat: column.dateFormat }) }
    const type = key?.of === 'record' ? key.field.type : field.type
    const definition = key?.of === 'record' ? key.field.definition : field.definition
    if (field.typeOf !== undefined) checkKind(column, text, told, problems)
    else if (key?.of === 'targets') readTarget(column, key, text, { cells, plan, context: told }, values, links, problems)
    else if (column.isMany) readMany(column, text, told, links, problems)
    else if (text === '') values[field.key] = null
    else if (key?.of === 'member') links.push({ column, key, value: text, text })
    else {
      const parsed = type.fromText(text, definition, told)
      if ('misfit' in parsed)
        problems.push(problem(column, text, issue(parsed.misfit.code, column.column, { field: field.label, ...parsed.misfit.params })))
      else if (key?.of === 'record' && parsed.value !== null) links.push({ column, key, value: String(parsed.value), text })
      else values[field.key] = parsed.value
    }
  }
  return { values, links, problems }
}

/** The object that a column says beside a field that points at several: it is read with that field. */
function checkKind(column: LinkedColumn, text: string, context: TextContext, problems: CellProblem[]): void {
  const { type, definition, label } = column.field
  const parsed = type.fromText(text, definition, context)
  if ('misfit' in parsed)
    problems.push(problem(column, text, issue(parsed.misfit.code, column.column, { field: label, ...parsed.misfit.params })))
}

interface Cells {
  readonly cells: readonly string[]
  readonly plan: ImportPlan
  readonly context: TextContext
}

/** The record of one of several objects that a cell names. */
function readTarget(
  column: LinkedColumn,
  key: TargetsKey,
  text: string,
  { cells, plan, context }: Cells,
  values: Record<string, unknown>,
  links: CellLink[],
  problems: CellProblem[],
): void {
  if (text === '') {
    values[column.field.name] = null
    return
  }
  const kinds = plan.columns.find(({ field }) => field.typeOf === column.field.name)
  const named = namedTarget(text, kinds ? textOf(kinds, cells) : null, key, column.column, column.field.label, context)
  if ('issue' in named) {
    problems.push(problem(column, text, named.issue))
    return
  }
  const { target, field, prefix } = named
  const parsed = field.type.fromText(named.text, field.definition, context)
  if ('misfit' in parsed)
    problems.push(problem(column, text, issue(parsed.misfit.code, column.column, { field: column.field.label, ...parsed.misfit.params })))
  else if (parsed.value !== null) links.push({ column, key: { of: 'record', target, field }, value: String(parsed.value), text, prefix })
}

/** The records that a cell names one after the other. */
function readMany(column: LinkedColumn, text: string, context: TextContext, links: CellLink[], problems: CellProblem[]): void {
  const { key } = column
  for (const part of text.split(/[;；]/).map(name => name.trim())) {
    if (part === '' || key?.of !== 'record') continue
    const parsed = key.field.type.fromText(part, key.field.definition, context)
    if ('misfit' in parsed)
      problems.push(problem(column, part, issue(parsed.misfit.code, column.column, { field: column.field.label, ...parsed.misfit.params })))
    else if (parsed.value !== null) links.push({ column, key, value: String(parsed.value), text: part })
  }
}

/** What a cell says, after the values that the mapping puts in its place. */
export function textOf({ index, values }: LinkedColumn, cells: readonly string[]): string {
  const text = (cells[index] ?? '').trim()
  return (values.get(text) ?? text).trim()
}

const problem = (column: LinkedColumn, value: string, found: Issue): CellProblem => ({
  column: column.column,
  value,
  issue: found,
  suggestion: nearestOption(value, column.field.definition.options ?? []),
})

/** A cell that names no record, with the name that is nearest to it. */
export function matchesNone({ column, text, prefix = '' }: CellLink, near: string | null): CellProblem {
  const suggestion = near === null ? null : `${prefix}${near}`
  const hint = suggestion === null ? createFirst : { en: `Did you mean “${suggestion}”?`, 'zh-CN': `是否指「${suggestion}」？` }
  return {
    column: column.column,
    value: text,
    suggestion,
    issue: issue('MATCH_NONE', column.column, { field: column.field.label, value: text, suggestion: hint }),
  }
}

/** A cell that names several records. */
export const matchesSeveral = ({ column, text }: CellLink): CellProblem => ({
  column: column.column,
  value: text,
  suggestion: null,
  issue: issue('MATCH_SEVERAL', column.column, { field: column.field.label, value: text }),
})

const createFirst: Label = {
  en: 'Import or create that record first, or map the value to another one.',
  'zh-CN': '先导入或新建该记录，或把此值映射为其他值。',
}

/** An issue of the written record seen from the file: at the column that feeds the field. */
export function problemOf(found: Issue, cells: readonly string[], plan: ImportPlan): CellProblem {
  const [key = ''] = found.path.split('/')
  const column = plan.columns.find(({ field }) => field.key === key || field.name === key)
  return { column: column?.column ?? '', value: column ? textOf(column, cells) : '', issue: found, suggestion: null }
}
