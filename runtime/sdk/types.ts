import type { Profile } from '@tessera/platform/access/profile.js'
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  isUnionType,
} from 'graphql'
import { presentName } from '../graphql/former-fields.js'
import { choicesOf } from './choices.js'
import { documented, member, union } from './text.js'

const scalars: Readonly<Record<string, string>> = {
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  ID: 'string',
  JSON: 'unknown',
}
/** Filters whose operands are the choices of a field. */
const ofChoices = new Set(['ChoiceFilter', 'ChoicesFilter'])
const roots = new Set(['Query', 'Mutation', 'Subscription'])

/** Prints the types of a schema as TypeScript, as a profile sees them. */
export class SdkTypes {
  private readonly choices: ReadonlyMap<string, ReadonlyMap<string, string>>
  private readonly unions: readonly string[]

  constructor(
    private readonly schema: GraphQLSchema,
    profile: Profile,
  ) {
    const { byType, texts } = choicesOf(profile.model)
    this.choices = byType
    this.unions = texts
  }

  /** Every type that requests and answers are made of. */
  text(): string {
    const types = Object.values(this.schema.getTypeMap()).filter(({ name }) => !name.startsWith('__') && !roots.has(name))
    const parts = types.flatMap(type => {
      if (isObjectType(type)) return [this.output(type)]
      if (isInputObjectType(type)) return [this.input(type)]
      if (isEnumType(type)) return [`export type ${type.name} = ${union(type.getValues().map(({ name }) => name))}`]
      return []
    })
    return [...scalarsOf(types.map(({ name }) => name)), ...this.unions, ...parts].join('\n\n')
  }

  /** The arguments of a field as a type; those of lists are alike wherever they stand. */
  args({ args }: GraphQLField<unknown, unknown>): string {
    const [where, orderBy] = ['where', 'orderBy'].map(name => args.find(arg => arg.name === name)?.type)
    if (where && orderBy && args.some(({ name }) => name === 'deleted')) return `ListArgs<${nameOf(where)}, ${nameOf(orderBy)}>`
    const fields = args.map(arg => {
      const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined
      return `readonly ${member(arg.name)}${isRequired ? '' : '?'}: ${this.inputType(arg.type, null)}`
    })
    return `{ ${fields.join('; ')} }`
  }

  /** What a field answers, as `Chosen` and `Answer` read it. */
  answer(type: GraphQLOutputType, choice: string | null = null): string {
    if (isNonNullType(type)) {
      const inner = type.ofType
      if (isListType(inner)) return this.answer(inner, choice).replace(/ \| null$/, '')
      if (isObjectType(inner)) return `Own<${inner.name}>`
      return this.answer(inner, choice).replace(/ \| null$/, '')
    }
    if (isListType(type)) {
      const item = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType
      if (isObjectType(item)) return `List<${item.name}>`
      return arrayOf(this.answer(type.ofType, choice))
    }
    if (isObjectType(type)) return `One<${type.name}>`
    if (isUnionType(type))
      return `Either<{ ${type
        .getTypes()
        .map(({ name }) => `${name}: ${name}`)
        .join('; ')} }>`
    return `${choice ?? scalarName(type.name)} | null`
  }

  private output(type: GraphQLObjectType): string {
    const choices = this.choices.get(type.name)
    const fields = Object.values(type.getFields()).map(field => {
      const answer = this.answer(field.type, choices?.get(presentName(field)) ?? null)
      const whole = field.args.length > 0 ? `With<${answer}, ${this.args(field)}>` : answer
      return `${documented(noteOf(field), '  ')}  readonly ${member(field.name)}: ${whole}`
    })
    return `${documented(type.description)}export interface ${type.name} {\n${fields.join('\n')}\n}`
  }

  private input(type: GraphQLInputObjectType): string {
    const head = documented(type.description)
    const fields = Object.values(type.getFields())
    if (ofChoices.has(type.name))
      return `${head}export interface ${type.name}<V extends string = string> {\n${fields.map(field => this.operand(field)).join('\n')}\n}`
    if (type.isOneOf) {
      const ways = fields.map(field => `{ readonly ${member(field.name)}: ${this.inputType(field.type, null)} }`)
      return `${head}export type ${type.name} = ${ways.length > 0 ? ways.join(' | ') : 'never'}`
    }
    const choices = this.choices.get(type.name.replace(/(Create|Update|Where|LinesCreate|LinesUpdate)$/, ''))
    const lines = fields.map(field => this.inputField(field, choices?.get(presentName(field)) ?? null))
    return `${head}export interface ${type.name} {\n${lines.join('\n')}\n}`
  }

  private inputField(field: GraphQLInputField, choice: string | null): string {
    const mark = isRequiredInputField(field) ? '' : '?'
    return `${documented(noteOf(field), '  ')}  readonly ${member(field.name)}${mark}: ${this.inputType(field.type, choice)}`
  }

  private operand({ name, type }: GraphQLInputField): string {
    return `  readonly ${name}?: ${this.inputType(type, 'V')}`
  }

  /** @param choice what stands for a text, where only some texts are values */
  private inputType(type: GraphQLInputType, choice: string | null): string {
    if (isNonNullType(type)) return this.inputType(type.ofType, choice).replace(/ \| null$/, '')
    if (isListType(type)) {
      return arrayOf(this.inputType(type.ofType, choice))
    }
    if (isInputObjectType(type)) return `${type.name}${choice && ofChoices.has(type.name) ? `<${choice}>` : ''} | null`
    return `${choice && type.name === 'String' ? choice : scalarName(type.name)} | null`
  }
}

/** What is told of a field: what it means, and whether it is there under a former name. */
const noteOf = ({ description, deprecationReason }: GraphQLInputField | GraphQLField<unknown, unknown>): string =>
  // a tag counts at the beginning only
  [...(deprecationReason ? [`@deprecated ${deprecationReason}`] : []), description ?? ''].filter(Boolean).join(' ')

const nameOf = (type: GraphQLInputType): string => getNamedType(type).name

const arrayOf = (item: string): string => `readonly ${item.includes(' | ') ? `(${item})` : item}[] | null`

const scalarName = (name: string): string => scalars[name] ?? (name === 'String' ? 'string' : name)

/** What the texts of scalars look like. */
const texts: Readonly<Record<string, string>> = {
  Decimal: 'An exact decimal, `1200.50`.',
  Date: 'A day, `2026-01-31`.',
  DateTime: 'An instant in UTC, `2026-01-31T08:30:00.000Z`.',
  Time: 'A time of day, `14:30:00`.',
  Duration: 'A span of time (ISO 8601), `PT36H30M`.',
}

const scalarsOf = (names: readonly string[]): string[] =>
  Object.entries(texts).flatMap(([name, text]) => (names.includes(name) ? [`/** ${text} */\nexport type ${name} = string`] : []))
