import { durationSql, secondsOf, timeSql } from '../rules/durations.js'
import type { RuleType } from '../rules/types.js'
import { join, literal, type Sql, sql } from '../sql/sql.js'
import type { FilterOperator } from './filters.js'
import { dateText, decimalText, instantText, same } from './reading.js'

/** What measures can be taken of values. */
export type AggregateFunction = 'sum' | 'avg' | 'min' | 'max' | 'countDistinct'

/** A group of field types whose values behave alike. */
export interface ValueClass {
  readonly name: string
  /** Its type in rules; null when rules cannot read it. */
  readonly rule: RuleType | null
  /** GraphQL scalars: what is read, what is written. */
  readonly output: string
  readonly input: string
  /** The name of its filter's input type. */
  readonly filter: string
  readonly operators: readonly FilterOperator[]
  /** The type that a parameter is cast to, and the one in which rows of a write are read. */
  readonly sqlType: string
  readonly sortable: boolean
  readonly groupable: boolean
  readonly aggregates: readonly AggregateFunction[]
  /** Sums and averages of its values are such values again; else they are decimals. */
  readonly addsToItself?: boolean
  /** The contract form as written by PostgreSQL. */
  readonly read: (value: Sql) => Sql
  /** Of values made of parts: the GraphQL scalar of each; its `output` and `input` are types made of them. */
  readonly parts?: Readonly<Record<string, string>>
  /** Its values are HTML: what comes from elsewhere is read as a text. */
  readonly isMarkup?: boolean
  /** It holds several values that are each made of parts, in their order. */
  readonly isList?: boolean
  /** How a part is read, where the value is no JSON. */
  readonly part?: (value: Sql, part: string) => Sql
  /** The text that conditions on texts look into, where the value itself is none. */
  readonly text?: (value: Sql) => Sql
  /** What is sent to the column for a value, where that is not its contract form. */
  readonly stored?: (value: unknown) => unknown
  /** What is ordered by, for a value; text in the one collation of people's texts. */
  readonly order: (value: Sql) => Sql
  /** Order of two values that are not null, as PostgreSQL orders them; texts by code point. */
  readonly compare: (left: unknown, right: unknown) => number
}

/** The collation in which lists of texts are ordered: Chinese by pinyin, Latin by alphabet. */
export const listCollation = sql`collate "zh-x-icu"`

const byCode = (left: unknown, right: unknown): number => (String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0)
const byNumber = (left: unknown, right: unknown): number => Number(left) - Number(right)
const equality = ['eq', 'ne', 'in', 'notIn', 'isNull'] as const
const ordering = ['gt', 'gte', 'lt', 'lte', 'between'] as const
const texts = ['contains', 'iContains', 'startsWith', 'endsWith'] as const

export const textClass: ValueClass = {
  name: 'text',
  rule: 'text',
  output: 'String',
  input: 'String',
  filter: 'TextFilter',
  operators: [...equality, ...texts],
  sqlType: 'text',
  sortable: true,
  groupable: true,
  aggregates: ['countDistinct'],
  order: value => sql`${value} ${listCollation}`,
  compare: byCode,
  read: same,
}
export const longTextClass: ValueClass = {
  ...textClass,
  name: 'longText',
  filter: 'LongTextFilter',
  operators: ['isNull', ...texts],
  sortable: false,
  groupable: false,
  aggregates: [],
}
export const integerClass: ValueClass = {
  name: 'integer',
  rule: 'integer',
  output: 'Int',
  input: 'Int',
  filter: 'IntFilter',
  operators: [...equality, ...ordering],
  sqlType: 'integer',
  sortable: true,
  groupable: true,
  aggregates: ['sum', 'avg', 'min', 'max', 'countDistinct'],
  order: same,
  compare: byNumber,
  read: same,
}
export const decimalClass: ValueClass = {
  ...integerClass,
  name: 'decimal',
  rule: 'decimal',
  output: 'Decimal',
  input: 'Decimal',
  filter: 'DecimalFilter',
  sqlType: 'numeric',
  read: decimalText,
}
export const booleanClass: ValueClass = {
  name: 'boolean',
  rule: 'boolean',
  output: 'Boolean',
  input: 'Boolean',
  filter: 'BooleanFilter',
  operators: ['eq', 'ne', 'isNull'],
  sqlType: 'boolean',
  sortable: true,
  groupable: true,
  aggregates: [],
  order: same,
  compare: byNumber,
  read: same,
}
export const dateClass: ValueClass = {
  name: 'date',
  rule: 'date',
  output: 'Date',
  input: 'Date',
  filter: 'DateFilter',
  operators: [...equality, ...ordering, 'within'],
  sqlType: 'date',
  sortable: true,
  groupable: true,
  aggregates: ['min', 'max', 'countDistinct'],
  order: same,
  compare: byCode,
  read: dateText,
}
export const dateTimeClass: ValueClass = {
  ...dateClass,
  name: 'dateTime',
  rule: 'dateTime',
  output: 'DateTime',
  input: 'DateTime',
  filter: 'DateTimeFilter',
  sqlType: 'timestamptz(3)',
  read: instantText,
}
export const timeClass: ValueClass = {
  name: 'time',
  rule: 'time',
  output: 'Time',
  input: 'Time',
  filter: 'TimeFilter',
  operators: [...equality, ...ordering],
  sqlType: 'time',
  sortable: true,
  groupable: true,
  aggregates: ['min', 'max', 'countDistinct'],
  order: same,
  compare: byCode,
  read: timeSql,
}
export const durationClass: ValueClass = {
  ...timeClass,
  name: 'duration',
  rule: 'duration',
  output: 'Duration',
  input: 'Duration',
  filter: 'DurationFilter',
  sqlType: 'duration',
  aggregates: ['sum', 'avg', 'min', 'max', 'countDistinct'],
  addsToItself: true,
  compare: (left, right) => byNumber(secondsOf(String(left)), secondsOf(String(right))),
  read: durationSql,
  stored: value => secondsOf(String(value)),
}
export const choiceClass: ValueClass = {
  ...textClass,
  name: 'choice',
  filter: 'ChoiceFilter',
  operators: [...equality],
}
export const choicesClass: ValueClass = {
  name: 'choices',
  rule: { list: 'text' },
  output: '[String!]',
  input: '[String!]',
  filter: 'ChoicesFilter',
  operators: ['hasAny', 'hasAll', 'hasNone', 'isNull'],
  sqlType: 'text[]',
  sortable: false,
  groupable: false,
  aggregates: [],
  order: same,
  compare: byCode,
  read: same,
}
export const idClass: ValueClass = {
  name: 'id',
  rule: 'id',
  output: 'ID',
  input: 'ID',
  filter: 'IdFilter',
  operators: [...equality],
  sqlType: 'uuid',
  sortable: true,
  groupable: true,
  aggregates: ['countDistinct'],
  order: same,
  compare: byCode,
  read: same,
}

export const jsonClass: ValueClass = {
  ...longTextClass,
  name: 'json',
  rule: null,
  output: 'JSON',
  input: 'JSON',
  filter: 'JsonFilter',
  operators: ['isNull'],
  sqlType: 'jsonb',
  order: same,
}

/** The parts of a value of JSON behind each other, as one text; none of its functions depends on the session, so it can be indexed. */
const partsText =
  (names: readonly string[]) =>
  (value: Sql): Sql =>
    sql`(${join(
      names.map(part => sql`coalesce(${value} ->> ${literal(part)}, '')`),
      " || ' ' || ",
    )})`

const textParts = (names: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(names.map(name => [name, 'String']))

export const nameParts = ['family', 'given', 'middle', 'prefix', 'suffix'] as const
export const addressParts = ['country', 'region', 'city', 'district', 'street', 'postalCode'] as const

export const personNameClass: ValueClass = {
  ...jsonClass,
  name: 'personName',
  output: 'PersonName',
  input: 'PersonNameInput',
  filter: 'PersonNameFilter',
  operators: ['contains', 'iContains', 'isNull'],
  sortable: true,
  order: value => sql`(case when ${value} is not null then ${partsText(['family', 'given', 'middle'])(value)} end) ${listCollation}`,
  parts: textParts(nameParts),
  text: partsText(['family', 'given', 'middle']),
}
export const addressClass: ValueClass = {
  ...jsonClass,
  name: 'address',
  output: 'Address',
  input: 'AddressInput',
  filter: 'AddressFilter',
  operators: ['contains', 'iContains', 'isNull'],
  parts: textParts(addressParts),
  text: partsText(addressParts),
}
export const geoPointClass: ValueClass = {
  ...jsonClass,
  name: 'geoPoint',
  output: 'GeoPoint',
  input: 'GeoPointInput',
  filter: 'GeoPointFilter',
  operators: ['near', 'isNull'],
  parts: { latitude: 'Decimal', longitude: 'Decimal' },
}
