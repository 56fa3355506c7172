import pg from 'pg'

/** What SQL must not do if a workspace is to live on any node of a distributed PostgreSQL, as docs/scaling.md has it. */
type Rule = readonly [name: string, isBroken: (statement: string) => boolean]

const schemas = (statement: string) =>
  new Set(
    [...statement.matchAll(/(?:"(w_[a-z0-9_]+)"|\b(w_[a-z0-9_]+)|\b(tessera))\s*\.\s*["a-z_]/g)].map(
      found => found[1] ?? found[2] ?? found[3],
    ),
  )
const ofWorkspace = (statement: string) => [...schemas(statement)].some(schema => schema !== 'tessera')

/** What follows a word at the same depth of parentheses, up to the end or one of the ends. */
function partsAfter(statement: string, word: RegExp, ends: RegExp): string[] {
  return [...statement.matchAll(word)].map(({ index, 0: { length } }) => {
    let depth = 0
    const from = index + length
    for (let at = from; at < statement.length; at++) {
      if (statement[at] === '(') depth++
      if (statement[at] === ')' && --depth < 0) return statement.slice(from, at)
      if (depth === 0 && /\s/.test(statement[at] ?? '') && ends.test(statement.slice(at + 1, at + 12))) return statement.slice(from, at)
    }
    return statement.slice(from)
  })
}

const setParts = (statement: string) => partsAfter(statement, /\bset\s/gi, /^(where|from|returning)\b/i)
const conflictParts = (statement: string) => partsAfter(statement, /\bdo update set\s/gi, /^(where|returning)\b/i)
const returned = (statement: string) => partsAfter(statement, /\breturning\s/gi, /^(select|union)\b/i)
const unsteady =
  /\b(to_char|concat_ws|clock_timestamp|statement_timestamp|random|gen_random_uuid|uuidv7|timezone)\s*\(|\bat time zone\b|\binterval\b/i
const isUpdate = (statement: string) => /\bupdate\s+\S+(\s+(as\s+)?\w+)?\s+set\b/i.test(statement)

const statementRules: readonly Rule[] = [
  ['1: names one schema only', statement => schemas(statement).size > 1],
  ['2: recursion keeps an array path', statement => /\)\s*(cycle|search (breadth|depth) first)\b/i.test(statement)],
  ['3: no insert beside another part', statement => /\bas\s*(materialized\s*)?\(\s*insert\b/i.test(statement) && ofWorkspace(statement)],
  ['4: returns plain columns', statement => returned(statement).some(part => /\(/.test(part)) && ofWorkspace(statement)],
  [
    '5: sets what is steady',
    statement => isUpdate(statement) && setParts(statement).some(part => unsteady.test(part) || /\(\s*select\b/i.test(part)),
  ],
  [
    '5: sets no time of the server in a conflict',
    statement =>
      ofWorkspace(statement) &&
      conflictParts(statement).some(part => /\bnow\(\)|\bcurrent_timestamp\b|\(\s*select\b/i.test(part) || unsteady.test(part)),
  ],
  ['5: no merge', statement => /^\s*merge\b/i.test(statement)],
  [
    '6: reads nothing of the session',
    statement =>
      !/^\s*do\b/i.test(statement) &&
      /\bcurrent_setting\s*\(|\bcurrent_date\b|\bcurrent_time\b|\blocaltime(stamp)?\b|\bcurrent_user\b|\btimeofday\b/i.test(statement),
  ],
  ['6: sets nothing for the session', statement => /^\s*set\s+(?!local\b|role\b)/i.test(statement)],
  ['7: tells and locks without tables', statement => /\bpg_(notify|(try_)?advisory\w*)\s*\(/i.test(statement) && ofWorkspace(statement)],
  [
    '8: no insides of PostgreSQL',
    statement =>
      ofWorkspace(statement) &&
      /\b(xmin|xmax|ctid|tableoid|reltuples|pg_current_xact_id|txid_current|pg_(total_)?relation_size)\b/i.test(statement),
  ],
  ['10: no set constraints', statement => /^\s*set constraints\b/i.test(statement)],
  ['12: one constraint an alteration', statement => (statement.match(/\badd constraint\b/gi)?.length ?? 0) > 1],
  ['12: constraints have names', statement => /\balter table\b.*\badd\s+(check|unique|primary key|foreign key)\b/i.test(statement)],
  ['12: drops and adds', statement => /^\s*alter table\b.*(\brename constraint\b|\bdrop expression\b)/is.test(statement)],
]

/** The rules that a statement breaks, by number. */
export const breaches = (statement: string): string[] => statementRules.filter(([, isBroken]) => isBroken(statement)).map(([name]) => name)

/** Takes down every statement that this process sends to PostgreSQL, whichever connection it uses, until it is stopped. */
export function recordStatements(): { stop(): readonly string[] } {
  const { prototype } = pg.Client
  const send = prototype.query
  const texts = new Set<string>()
  prototype.query = function record(this: pg.Client, ...sent: unknown[]) {
    const [first] = sent
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text
    if (text) texts.add(text)
    return (send as (...args: unknown[]) => unknown).apply(this, sent)
  } as typeof prototype.query
  return {
    stop: () => {
      prototype.query = send
      return [...texts]
    },
  }
}

const tables = `
  select c.relname as name,
    exists (select from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
             where k.conrelid = c.oid and k.contype = 'p') as has_key,
    exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as has_trigger,
    exists (select from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where a.attrelid = c.oid and a.attnum > 0
               and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval|uuid|random')) as makes_ids,
    exists (select from pg_inherits i where i.inhrelid = c.oid or i.inhparent = c.oid) as inherits
  from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')`
const kinds = `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind not in ('r', 'p', 'i', 't')`
const constraints = `
  select conname as name, condeferrable and not condeferred as wavers,
    contype = 'f' and (select relnamespace from pg_class where oid = confrelid) <> $1::regnamespace as leaves
  from pg_constraint where connamespace = $1::regnamespace and contype <> 'n'`

/** What the tables of a workspace's schema have that they must not have (rules 1, 9, 10 and 11). */
export async function tableBreaches(client: Pick<pg.Pool, 'query'>, schema: string): Promise<string[]> {
  const found: string[] = []
  for (const { name, ...row } of (await client.query(tables, [schema])).rows) {
    if (!row.has_key) found.push(`9: ${name} has no primary key`)
    if (row.has_trigger) found.push(`9: ${name} has a trigger`)
    if (row.makes_ids) found.push(`9: ${name} makes ids itself`)
    if (row.inherits) found.push(`9: ${name} inherits`)
  }
  for (const { name } of (await client.query(kinds, [schema])).rows) found.push(`9: ${name} is no table`)
  for (const { name, wavers, leaves } of (await client.query(constraints, [schema])).rows) {
    if (wavers) found.push(`10: ${name} is deferrable without being deferred`)
    if (leaves) found.push(`1: ${name} leaves the schema`)
    if (Buffer.byteLength(name) > 50) found.push(`11: ${name} has a long name`)
  }
  return found
}
