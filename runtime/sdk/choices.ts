import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel, Model } from '@tessera/platform/model/model.js'
import { typeName } from '@tessera/platform/model/naming.js'
import { union } from './text.js'

/** The values that fields choose from, as unions of literals. */
export interface Choices {
  /** The name of the union by GraphQL type of a record and key of its field. */
  readonly byType: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** The unions themselves. */
  readonly texts: readonly string[]
}

const chosen = new Set(['choice', 'choices'])

/** Finds the fields of a model that choose from options. */
export function choicesOf({ objects }: Model): Choices {
  const found = Object.values(objects).map(({ name, fields }) => {
    const own = Object.values(fields).filter(field => chosen.has(field.class.name) && (field.definition.options ?? []).length > 0)
    return { type: typeName(name), own }
  })
  return {
    byType: new Map(found.map(({ type, own }) => [type, new Map(own.map(field => [field.key, nameOf(type, field)]))])),
    texts: found.flatMap(({ type, own }) => own.map(field => textOf(type, field))),
  }
}

const nameOf = (type: string, { name }: FieldModel): string => `${type}${typeName(name)}Choice`

function textOf(type: string, field: FieldModel): string {
  const options = field.definition.options ?? []
  const labels = options.map(({ value, label }) => `${value} (${labelOf(label, 'en') || value})`).join(', ')
  return `/** ${labels.replaceAll('*/', '*\\/')} */\nexport type ${nameOf(type, field)} = ${union(options.map(({ value }) => value))}`
}
