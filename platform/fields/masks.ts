import { type Static, Type } from '@sinclair/typebox'
import { registerOf } from '../registry.js'
import { integer, type Sql, sql } from '../sql/sql.js'

/** How the values of a field are shown to those who see them masked. */
export const maskShape = Type.Object(
  {
    kind: Type.Union([Type.Literal('ends'), Type.Literal('email'), Type.Literal('all')]),
    first: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 20, description: 'Of `ends`: how many letters at the beginning stay; 3 unless said' }),
    ),
    last: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 20, description: 'Of `ends`: how many letters at the end stay; 4 unless said' }),
    ),
    unlessOwner: Type.Optional(Type.Boolean({ description: 'The owner of a record sees the value whole all the same' })),
  },
  { additionalProperties: false, description: 'What stays of a value for those who see it masked' },
)
export type MaskDefinition = Static<typeof maskShape>

/** One kind of mask, read as SQL and as JavaScript. Neither tells how long the value is. */
interface MaskKind {
  readonly name: string
  readonly sql: (text: Sql, mask: MaskDefinition) => Sql
  readonly text: (text: string, mask: MaskDefinition) => string
}

const stars = '****'
const endsOf = ({ first = 3, last = 4 }: MaskDefinition) => ({ first, last })

/** 138****1234; a value with nothing between its ends is masked whole. */
const ends: MaskKind = {
  name: 'ends',
  sql: (text, mask) => {
    const { first, last } = endsOf(mask)
    return sql`(case when char_length(${text}) > ${integer(first + last)} then left(${text}, ${integer(first)}) || '****' || right(${text}, ${integer(last)}) when ${text} <> '' then '****' end)`
  },
  text: (text, mask) => {
    const { first, last } = endsOf(mask)
    const letters = [...text]
    if (letters.length <= first + last) return stars
    return `${letters.slice(0, first).join('')}${stars}${last === 0 ? '' : letters.slice(-last).join('')}`
  },
}

/** a****@example.com */
const email: MaskKind = {
  name: 'email',
  sql: text =>
    sql`(case when position('@' in ${text}) > 1 then left(${text}, 1) || '****' || substring(${text} from position('@' in ${text})) when ${text} <> '' then '****' end)`,
  text: text => {
    const at = text.indexOf('@')
    return at > 0 ? `${[...text][0] ?? ''}${stars}${text.slice(at)}` : stars
  },
}

const all: MaskKind = { name: 'all', sql: text => sql`(case when ${text} <> '' then '****' end)`, text: () => stars }

const masks = registerOf<MaskKind>([ends, email, all])

/** The masks by name: what a definition may name. */
export const maskKinds: readonly string[] = Object.keys(masks)

/** The types of fields whose values are texts that can be shown in part, each with the mask that it has unless said. */
const maskedTypes: Readonly<Record<string, MaskDefinition>> = {
  text: { kind: 'ends', first: 1, last: 0 },
  longText: { kind: 'all' },
  phone: { kind: 'ends' },
  email: { kind: 'email' },
  url: { kind: 'all' },
}

/** The mask of a field: its own, else that of its type; null where its values cannot be shown in part. */
export function maskOf(field: { readonly type: string; readonly mask?: MaskDefinition | undefined }): MaskDefinition | null {
  const usual = Object.hasOwn(maskedTypes, field.type) ? maskedTypes[field.type] : undefined
  return usual === undefined ? null : (field.mask ?? usual)
}

/** A text as those see it who see it masked; nothing stays nothing. */
export const maskedSql = (text: Sql, mask: MaskDefinition): Sql => kindOf(mask).sql(text, mask)

/** The same in JavaScript, for values that were read already. */
export const maskedText = (text: string, mask: MaskDefinition): string => (text === '' ? '' : kindOf(mask).text(text, mask))

const kindOf = ({ kind }: MaskDefinition): MaskKind => masks[kind] ?? all
