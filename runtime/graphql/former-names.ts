import { issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type NameNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { KeptMap, Memory } from '../memory/memory.js'
import { RequestError } from '../request-error.js'
import type { Operation } from './documents.js'
import { presentName } from './former-fields.js'
import { operationLimits } from './limits.js'

type Variables = Readonly<Record<string, unknown>>

/** Puts requests that speak of objects and fields by former names into present ones, so that everything behind knows only those. */
export class FormerNames {
  private readonly types: ReadonlyMap<string, string>
  private readonly texts: KeptMap<string>
  private readonly isAny: boolean

  constructor(
    private readonly schema: GraphQLSchema,
    { objects }: Model,
    memory: Memory,
  ) {
    const former = Object.values(objects).flatMap(object => object.former ?? [])
    this.isAny = former.length > 0
    this.types = new Map(former.flatMap(({ types }) => Object.entries(types)))
    this.texts = memory.map(text => 2 * text.length)
  }

  /** Keeps nothing any more. */
  close(): void {
    this.texts.close()
  }

  /** A document with the present names of types; what cannot be read stays for whoever says so. */
  text(query: string): string {
    if (this.types.size === 0) return query
    const known = this.texts.get(query)
    if (known !== undefined) return known
    const present = this.withPresentTypes(query)
    if (query.length <= longestKept) this.texts.set(query, present)
    return present
  }

  /** A validated document with the present names of fields; answers keep the names that were asked for. Throws `BAD_REQUEST` when one is given twice. */
  document(document: DocumentNode): DocumentNode {
    if (!this.isAny) return document
    const info = new TypeInfo(this.schema)
    return visit(
      document,
      visitWithTypeInfo(info, {
        Field: {
          leave: node => {
            const field = info.getFieldDef()
            const present = field ? presentName(field) : node.name.value
            return present === node.name.value ? undefined : { ...node, name: named(present), alias: node.alias ?? node.name }
          },
        },
        ObjectValue: {
          leave: node => {
            const type = getNamedType(info.getInputType())
            if (!isInputObjectType(type)) return undefined
            const names = node.fields.map(({ name }) => name.value)
            const present = presentNames(type.getFields(), names)
            return present ? { ...node, fields: node.fields.map((field, at) => ({ ...field, name: named(present[at] ?? '') })) } : undefined
          },
        },
      }),
    ) as DocumentNode
  }

  /** The values of a request with the present names of fields; or the error that one field is given under two names. */
  variables({ variables }: Operation, given: Variables): Variables | RequestError {
    if (!this.isAny) return given
    try {
      const present: Record<string, unknown> = { ...given }
      for (const { name, type } of variables) if (Object.hasOwn(given, name)) present[name] = presentValue(given[name], type)
      return present
    } catch (error) {
      if (error instanceof RequestError) return error
      throw error
    }
  }

  private withPresentTypes(query: string): string {
    try {
      const document = parse(query, { maxTokens: operationLimits.tokens, noLocation: true })
      let isOther = false
      const present = visit(document, {
        NamedType: node => {
          const type = this.types.get(node.name.value)
          if (type === undefined) return undefined
          isOther = true
          return { ...node, name: named(type) }
        },
      }) as ASTNode
      return isOther ? print(present) : query
    } catch {
      return query
    }
  }
}

/** Longer documents are put into present names each time. */
const longestKept = 20_000

const named = (value: string): NameNode => ({ kind: Kind.NAME, value })

/** The present names of given fields of an input; null when all are present ones. */
function presentNames(
  fields: Readonly<Record<string, { readonly name: string; readonly extensions: unknown }>>,
  names: readonly string[],
): string[] | null {
  const present = names.map(name => (fields[name] ? presentName(fields[name]) : name))
  if (present.every((name, at) => name === names[at])) return null
  const double = names.find((_, at) => present.indexOf(present[at] ?? '') !== at || present.lastIndexOf(present[at] ?? '') !== at)
  if (double !== undefined) throw twice(double)
  return present
}

function presentValue(value: unknown, type: GraphQLInputType): unknown {
  const plain = getNullableType(type)
  if (isListType(plain))
    return Array.isArray(value) ? value.map(item => presentValue(item, plain.ofType)) : presentValue(value, plain.ofType)
  if (!isInputObjectType(plain) || typeof value !== 'object' || value === null) return value
  const fields = plain.getFields()
  const names = Object.keys(value)
  const present = presentNames(fields, names) ?? names
  const values = Object.values(value)
  return Object.fromEntries(
    present.map((name, at) => {
      const field = fields[name]
      return [name, field ? presentValue(values[at], field.type) : values[at]]
    }),
  )
}

const twice = (name: string) =>
  new RequestError('BAD_REQUEST', [
    issue('INPUT_INVALID', name, {
      problem: { en: `“${name}” is given twice, by a former name and by the present one.`, 'zh-CN': `「${name}」同时以曾用名和现名给出。` },
    }),
  ])
