import { type Static, Type } from '@sinclair/typebox'

const text = Type.String({ minLength: 1, maxLength: 500 })

/** A text for people, in one language or in each. */
export const labelShape = Type.Union(
  [text, Type.Object({ en: Type.Optional(text), 'zh-CN': Type.Optional(text) }, { additionalProperties: false, minProperties: 1 })],
  {
    description: 'A text, or one for each language',
  },
)

/** A rule as JSON; its inner form is checked against the model. */
export const ruleShape = Type.Unsafe<unknown>({ description: 'A rule (JSON Logic)' })

/** One choice of a select. */
export const optionShape = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 100, description: 'What is stored; never changes' }),
    label: Type.Optional(labelShape),
    color: Type.Optional(
      Type.Union(['gray', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink'].map(color => Type.Literal(color))),
    ),
    kind: Type.Optional(Type.String({ maxLength: 40, description: 'What it means, such as open, won, lost' })),
    inactive: Type.Optional(Type.Boolean({ description: 'Stays readable, cannot be chosen any more' })),
    probability: Type.Optional(Type.String({ pattern: '^(0(\\.\\d{1,4})?|1)$', description: 'A share of one' })),
  },
  { additionalProperties: false },
)
export type OptionDefinition = Static<typeof optionShape>

/** One label of a link, such as a role; how many links of a record may have it. */
export const linkLabelShape = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 100, description: 'What is stored; never changes' }),
    label: Type.Optional(labelShape),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'How many links of one record may have it' })),
  },
  { additionalProperties: false },
)

/** The properties that every type of field takes. */
export const commonProperties = {
  label: Type.Optional(labelShape),
  description: Type.Optional(labelShape),
  help: Type.Optional(labelShape),
  required: Type.Optional(Type.Boolean()),
  default: Type.Optional(
    Type.Unsafe<unknown>({ description: 'A constant; "today" for dates, "now" for date-times, "currentUser" for users' }),
  ),
  unique: Type.Optional(Type.Boolean()),
  index: Type.Optional(Type.Boolean()),
  readOnly: Type.Optional(Type.Boolean()),
  setOnce: Type.Optional(Type.Boolean()),
  noCopy: Type.Optional(Type.Boolean()),
  hidden: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'Weight in search; absent is not searched' })),
  inList: Type.Optional(Type.Boolean()),
  inFilter: Type.Optional(Type.Boolean()),
  was: Type.Optional(Type.Array(Type.String(), { description: 'Former names, oldest first' })),
}

export const rollupFunctions = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'first', 'last', 'concat', 'exists'] as const

/** The properties that some types of field take; which, each type says in its `options`. */
export const optionalProperties = {
  minLength: Type.Integer({ minimum: 0, maximum: 100000 }),
  maxLength: Type.Integer({ minimum: 1, maximum: 1000000 }),
  pattern: Type.String({ maxLength: 300, description: 'A regular expression that the whole value matches' }),
  min: Type.Union([Type.String(), Type.Number()]),
  max: Type.Union([Type.String(), Type.Number()]),
  precision: Type.Integer({ minimum: 1, maximum: 38 }),
  scale: Type.Integer({ minimum: 0, maximum: 12 }),
  currency: Type.Union([Type.Literal('workspace'), Type.Literal('record'), Type.Literal('own')]),
  options: Type.Array(optionShape, { maxItems: 500 }),
  to: Type.String(),
  inverse: Type.String(),
  inverseLabel: labelShape,
  onDelete: Type.Union([Type.Literal('restrict'), Type.Literal('setNull'), Type.Literal('cascade')]),
  schema: Type.Record(Type.String(), Type.Unknown()),
  accept: Type.String({ maxLength: 300, description: 'Types of files, such as "image/*,application/pdf"' }),
  maxSize: Type.Integer({ minimum: 1, maximum: 52_428_800, description: 'The largest file, in bytes' }),
  unit: Type.Union(
    ['days', 'hours', 'minutes', 'seconds'].map(unit => Type.Literal(unit)),
    { description: 'What a bare number means, and whether days are counted' },
  ),
  format: Type.String({ maxLength: 60, pattern: '\\{seq(:\\d{1,2})?\\}', description: 'Such as OPP-{YYYY}{seq:5}' }),
  returns: Type.Union(
    ['text', 'integer', 'decimal', 'percent', 'money', 'boolean', 'date', 'dateTime', 'time', 'duration'].map(type => Type.Literal(type)),
  ),
  stored: Type.Boolean({ description: 'Kept in a column and recomputed when what it reads changes' }),
  of: Type.String({ description: 'The children that a rollup reads: the inverse name of their relation' }),
  function: Type.Union(rollupFunctions.map(name => Type.Literal(name))),
  field: Type.String({ description: 'The field of the children that a rollup takes' }),
  where: ruleShape,
  rateDate: Type.String({ description: 'The day of a child at whose rate its amount is converted; when it was created, unless said' }),
  tree: Type.Boolean({ description: 'Of a hierarchy: all records below count, at any depth' }),
  by: Type.String({ description: 'The field that orders children for first, last and concat' }),
  rule: ruleShape,
  mode: Type.Union([Type.Literal('live'), Type.Literal('snapshot')], { description: 'Read each time, or copied when the relation is set' }),
  at: Type.String({ description: 'The transition at which a snapshot is taken again' }),
  shows: Type.String({ description: 'The type of the value that is shown; it follows from the related field' }),
  attributes: Type.Unsafe<Readonly<Record<string, { readonly type: string }>>>(
    Type.Record(Type.String(), Type.Object({ type: Type.String() }), { maxProperties: 50, description: 'Fields of the links themselves' }),
  ),
  ordered: Type.Boolean({ description: 'Links keep the order in which they were set' }),
  labels: Type.Array(linkLabelShape, { maxItems: 50 }),
}

/** What a rollup can make of its children. */
export type RollupFunction = (typeof rollupFunctions)[number]

/** Some of the optional properties, each optional, as the options of a type. */
export const optionsOf = <K extends keyof typeof optionalProperties>(...names: K[]) =>
  Type.Object(Object.fromEntries(names.map(key => [key, Type.Optional(optionalProperties[key])])), { additionalProperties: false })

type Optionals = { [K in keyof typeof optionalProperties]?: Static<(typeof optionalProperties)[K]> }
type Commons = { [K in keyof typeof commonProperties]?: Static<(typeof commonProperties)[K]> }

/** A field as its definition has it; which optional properties may stand is its type's matter. */
export type FieldDefinition = Readonly<{ type: string } & Commons & Optionals>
