import { issue } from '../errors.js'
import type { Binder } from './binder.js'
import { fit, misfit, refuse } from './check-arguments.js'
import { type Frame, findRows, type Run } from './check-names.js'
import type { Parameter } from './operator.js'
import { typeOfBound } from './operators/binders.js'
import type { CheckedRule, RowsSource, Rule } from './rule.js'
import { isList, type RuleType, scalarOf, scalarTypes, typeLabel } from './types.js'

interface Source {
  readonly node: CheckedRule | RowsSource
  readonly frame: Exclude<Frame, { kind: 'fold' }>
  /** The type of a list. */
  readonly type: RuleType | null
}

/** Checks a call that goes through rows or a list: what it goes through, its body for each, and the start if there is one. */
export function checkBinder(
  binder: Binder,
  rule: Rule,
  args: readonly unknown[],
  at: (index: number) => string,
  step: string,
  run: Run,
): CheckedRule | null {
  const most = binder.hasStart ? 3 : 2
  const least = most - (binder.withoutBody === undefined ? 0 : 1)
  if (args.length < least || args.length > most) {
    const expected = least === most ? String(most) : `${least}–${most}`
    return refuse(run, issue('RULE_ARGUMENTS', step, { operator: binder.name, expected, actual: args.length }))
  }
  if (run.isForSql && binder.sql === null) return refuse(run, issue('RULE_NOT_SQL', step, { operator: binder.name }))
  const source = checkSource(binder, args[0], at(0), run)
  if (!source) return null
  const start = binder.hasStart ? run.part(args[2], at(2), null, run) : undefined
  if (start === null) return null
  const frame: Frame = start ? { kind: 'fold', over: source.frame, accumulator: folded(start.type) } : source.frame
  const inner: Run = { ...run, frames: [frame, ...run.frames] }
  const bodyAt = args.length > 1 ? at(1) : step
  const body = run.part(args.length > 1 ? args[1] : binder.withoutBody, bodyAt, start ? folded(start.type) : goalOf(binder.body), inner)
  const fitted = body && fit(body, start ? exactly(folded(start.type)) : binder.body, null, bodyAt, binder.name, run)
  if (!fitted) return null
  const begun = start && fit(start, exactly(folded(start.type)), null, at(2), binder.name, run)
  if (begun === null) return null
  const type = typeOfBound(binder, fitted.type, source.type)
  return {
    kind: 'bind',
    rule,
    binder: binder.name,
    source: source.node,
    body: fitted,
    type,
    isNullable: binder.isNullable,
    ...(begun ? { start: begun } : {}),
  }
}

function checkSource(binder: Binder, source: unknown, path: string, run: Run): Source | null {
  const rows = findRows(source, run)
  if (rows === 'refused') return refuse(run, issue('RULE_ROWS', path)) as null
  if (rows && !binder.isForLists) return { node: rows.rows, frame: { kind: 'record', scope: rows.scope }, type: null }
  const node = run.part(source, path, null, run)
  if (!node) return null
  const isNothing = node.kind === 'literal' && node.value === null
  if (!isNothing && !isList(node.type))
    return misfit(run, path, binder.name, { en: 'rows or a list', 'zh-CN': '明细行或列表' }, typeLabel(node.type))
  const member = scalarOf(node.type)
  return { node: { ...node, type: { list: member } }, frame: { kind: 'member', type: member }, type: { list: member } }
}

/** What is gathered in whole numbers is gathered exactly. */
const folded = (type: RuleType): RuleType => (type === 'integer' ? 'decimal' : type)

const exactly = (type: RuleType): Parameter => ({
  types: [scalarOf(type)],
  form: isList(type) ? 'list' : 'single',
  isGrouped: false,
  place: () => 'value',
})

const goalOf = ({ types }: Parameter): RuleType | null => (types.length < scalarTypes.length ? (types[0] ?? null) : null)
