import type { RuleContext } from './operator.js'
import type { CheckedRule, ReadNode } from './rule.js'

/** What a rule reads of a record, as plain JSON. */
export type GivenJson = { [key: string]: unknown }

/** How a value that is read is put into JSON. */
export type PutRead = (json: GivenJson, node: ReadNode, value: unknown) => void

/** Everything that a rule reads of a record and of its rows, as JSON; rows stand under their path. */
export function givenTo(rule: CheckedRule, context: RuleContext, put: PutRead): GivenJson {
  const json: GivenJson = Object.create(null) as GivenJson
  fill(rule, context, json, put)
  return json
}

function fill(node: CheckedRule, context: RuleContext, json: GivenJson, put: PutRead): void {
  if (node.kind === 'read' && (node.up ?? 0) === 0) put(json, node, context.read(node.path) ?? null)
  if (node.kind === 'widen') fill(node.value, context, json, put)
  if (node.kind === 'list') for (const item of node.items) fill(item, context, json, put)
  if (node.kind === 'call') for (const arg of node.args) fill(arg, context, json, put)
  if (node.kind !== 'bind') return
  const { source, body, start } = node
  if (start) fill(start, context, json, put)
  if (source.kind !== 'rows') fill(source, context, json, put)
  else if (source.up === 0) {
    const key = source.path.join('.')
    const rows = context.rows?.(source.path) ?? []
    const known = (json[key] ?? rows.map(() => Object.create(null) as GivenJson)) as readonly GivenJson[]
    rows.forEach((row, index) => {
      fill(body, row, known[index] ?? {}, put)
    })
    json[key] = known
  }
}
