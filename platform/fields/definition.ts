import { type Static, Type } from '@sinclair/typebox'
import { fieldExampleShape } from './example-shape.js'
import { labelShape, ruleShape } from './label-shape.js'
import { maskShape } from './masks.js'
import { stateProperties, statesShape } from './states-shape.js'

export { labelShape, ruleShape } from './label-shape.js'

const rule = (description: string) => Type.Unsafe<unknown>({ description })

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
    of: Type.Optional(
      Type.Array(Type.String(), {
        description: 'The values of the field that this one depends on under which it is offered; always, unless said',
      }),
    ),
    probability: Type.Optional(Type.String({ pattern: '^(0(\\.\\d{1,4})?|1)$', description: 'A share of one' })),
    ...stateProperties,
    when: Type.Optional(rule('It can be chosen only when this holds; where it stands already it stays')),
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
  mask: Type.Optional(maskShape),
  hidden: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'Weight in search; absent is not searched' })),
  inList: Type.Optional(Type.Boolean()),
  inFilter: Type.Optional(Type.Boolean()),
  was: Type.Optional(Type.Array(Type.String(), { description: 'Former names, oldest first' })),
  visibleWhen: Type.Optional(rule('Shown in forms only when this holds; hidden it is never required, and its value stays')),
  requiredWhen: Type.Optional(rule('Must have a value when this holds')),
  readOnlyWhen: Type.Optional(rule('Cannot be changed while this holds')),
  helpWhen: Type.Optional(
    Type.Array(Type.Object({ when: rule('When the text is shown'), help: labelShape }, { additionalProperties: false }), {
      maxItems: 20,
      description: 'Texts in the place of `help`: the first whose rule holds',
    }),
  ),
  defaultRule: Type.Optional(rule('What a new record begins with when no value is given; where it is empty, `default`')),
  examples: Type.Optional(
    Type.Array(fieldExampleShape, {
      maxItems: 50,
      description: 'Values of a record and what the formula, or the rule named by `for`, comes to; a red one keeps a publish back',
    }),
  ),
}

export const rollupFunctions = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'first', 'last', 'concat', 'exists'] as const

/** What every relation can do with its records when the one that they point at is deleted. */
const anyDeleteRules = [Type.Literal('restrict'), Type.Literal('setNull'), Type.Literal('cascade')] as const
/** Of a tree: its records may rise to what stood above. */
export const treeDeleteRules = Type.Union([...anyDeleteRules, Type.Literal('lift')])
/** Of other relations: their records may go over to another one. */
export const linkDeleteRules = Type.Union([...anyDeleteRules, Type.Literal('reassign')])

/** How the value of a related record is had. */
export const valueModes = [Type.Literal('live'), Type.Literal('snapshot')] as const

/** How automatic numbers are drawn. */
export const numberModes = [Type.Literal('gapless'), Type.Literal('fast')] as const

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
  optionSet: Type.String({ description: 'The set whose options are offered, in the place of `options`' }),
  states: statesShape,
  to: Type.String(),
  inverse: Type.String(),
  inverseLabel: labelShape,
  onDelete: Type.Union([...anyDeleteRules, Type.Literal('reassign'), Type.Literal('lift')]),
  schema: Type.Record(Type.String(), Type.Unknown()),
  accept: Type.String({ maxLength: 300, description: 'Types of files, such as "image/*,application/pdf"' }),
  maxSize: Type.Integer({ minimum: 1, maximum: 52_428_800, description: 'The largest file, in bytes' }),
  multiple: Type.Boolean({ description: 'Several files, in their order' }),
  maxFiles: Type.Integer({ minimum: 1, maximum: 100, description: 'Of several files, the most; 20, unless said' }),
  unit: Type.Union(
    ['days', 'hours', 'minutes', 'seconds'].map(unit => Type.Literal(unit)),
    { description: 'What a bare number means, and whether days are counted' },
  ),
  format: Type.String({ maxLength: 60, pattern: '\\{seq(:\\d{1,2})?\\}', description: 'Such as OPP-{YYYY}{seq:5}' }),
  returns: Type.Union(
    ['text', 'select', 'integer', 'decimal', 'percent', 'money', 'boolean', 'date', 'dateTime', 'time', 'duration'].map(type =>
      Type.Literal(type),
    ),
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
  at: Type.String({ description: 'The transition at which a snapshot is taken again' }),
  shows: Type.String({ description: 'The type of the value that is shown; it follows from the related field' }),
  attributes: Type.Unsafe<Readonly<Record<string, { readonly type: string }>>>(
    Type.Record(Type.String(), Type.Object({ type: Type.String() }), { maxProperties: 50, description: 'Fields of the links themselves' }),
  ),
  ordered: Type.Boolean({ description: 'Links keep the order in which they were set' }),
  labels: Type.Array(linkLabelShape, { maxItems: 50 }),
  dependsOn: Type.String({ description: 'The choice that decides which options are offered, by their `of`' }),
  candidates: Type.Unsafe<unknown>({
    description: 'A rule over the records that may be chosen; parent.<field> is the record that is edited',
  }),
  /** Each type that has it takes its own words only. */
  mode: Type.Union([...valueModes, ...numberModes]),
  reset: Type.Union(
    ['never', 'year', 'month', 'day'].map(scope => Type.Literal(scope)),
    { description: 'When numbers begin anew; never, unless said' },
  ),
  per: Type.String({ description: 'A field of the record, or of one that it points at: each of its values is numbered by itself' }),
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
