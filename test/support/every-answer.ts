import { post } from './app.js'

interface Type {
  readonly kind: string
  readonly name: string | null
  readonly ofType: Type | null
}
interface Field {
  readonly name: string
  readonly type: Type
  readonly args: readonly { readonly name: string; readonly type: Type; readonly defaultValue: string | null }[]
}
type Types = ReadonlyMap<string, readonly Field[]>

const shape = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }'
const introspection = `{ __schema { types { name kind fields { name type { ${shape} } args { name defaultValue type { ${shape} } } } } } }`

const named = (type: Type): Type => (type.ofType ? named(type.ofType) : type)

/** Everything that a type has, three levels deep. */
function selectionOf(type: Type, types: Types, depth = 3): string {
  const { kind, name } = named(type)
  if (kind !== 'OBJECT') return ''
  const fields = (types.get(name ?? '') ?? []).filter(field => field.args.length === 0)
  const parts = fields.flatMap(field => {
    const inner = named(field.type).kind === 'OBJECT' ? (depth > 1 ? selectionOf(field.type, types, depth - 1) : null) : ''
    return inner === null ? [] : [`${field.name} ${inner}`]
  })
  return `{ __typename ${parts.join(' ')} }`
}

/**
 * Asks every root query of `/platform`, with everything that it has and what is given for its arguments.
 * @param given texts of arguments by name; others that must be there get the text “none”
 * @returns what was answered, by root field, errors as well
 */
export async function everyPlatformAnswer(
  url: string,
  headers: Record<string, string>,
  given: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const { body } = await post(`${url}/platform`, introspection, {}, headers)
  const { types: all } = (body.data?.__schema ?? { types: [] }) as { types: { name: string; fields: Field[] | null }[] }
  const types: Types = new Map(all.map(({ name, fields }) => [name, fields ?? []]))
  const answers = new Map<string, string>()
  for (const { name, args, type } of types.get('Query') ?? []) {
    const needed = args.filter(arg => Object.hasOwn(given, arg.name) || (arg.type.kind === 'NON_NULL' && arg.defaultValue === null))
    const values = needed.map(arg => {
      const text = JSON.stringify(given[arg.name] ?? 'none')
      return `${arg.name}: ${(arg.type.ofType ?? arg.type).kind === 'LIST' ? `[${text}]` : text}`
    })
    const query = `{ ${name}${values.length > 0 ? `(${values.join(', ')})` : ''} ${selectionOf(type, types)} }`
    answers.set(name, JSON.stringify((await post(`${url}/platform`, query, {}, headers)).body))
  }
  return answers
}
