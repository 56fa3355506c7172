import { describe, expect, it } from '@jest/globals'
import { profileOf } from '../../platform/access/profile.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import type { ObjectModel } from '../../platform/model/model.js'
import { linkTypeNames, rootNames, targetTypeNames, typeNames } from '../../platform/model/naming.js'
import { readFolder } from '../../runtime/commands/folder.js'
import { graphqlSchema } from '../../runtime/graphql/schema.js'

const linkTypes = ({ name, junction }: ObjectModel): string[] => {
  const { attributes, near, far } = linkTypeNames(name)
  return junction ? [attributes, near.input, near.entry, far.input, far.entry] : []
}
const targetTypes = ({ name, fields }: ObjectModel): string[] =>
  Object.values(fields).flatMap(field => (field.targets ? Object.values(targetTypeNames(name, field.name)) : []))

describe('the names that a model makes', () => {
  const { files } = readFolder('metadata')
  const { model } = compileModel(readDefinitions(files.map(({ path, json }) => ({ source: path, json }))).elements)
  const schema = graphqlSchema(profileOf(['admin'], model))
  const objects = Object.values(model.objects)
  const checkOf = (name: string) =>
    compileModel([
      { kind: 'object', name, definition: { object: name, plural: `${name}Records`, label: name, fields: { a: { type: 'text' } } } },
    ]).issues

  it('cover every type of the API; the others are reserved', () => {
    const made = new Set(
      objects.flatMap(object => [...Object.values(typeNames(object.name)), ...linkTypes(object), ...targetTypes(object)]),
    )
    const others = Object.keys(schema.getTypeMap()).filter(name => !made.has(name) && !name.startsWith('__'))
    const free = others.filter(name => checkOf(name.charAt(0).toLowerCase() + name.slice(1)).length === 0)
    expect(free).toEqual([])
  })

  it('cover every root field', () => {
    const made = new Set(
      objects.flatMap(({ name, plural }) => Object.values(rootNames(name, plural)).flatMap(names => Object.values(names))),
    )
    for (const root of [schema.getQueryType(), schema.getMutationType()])
      expect(Object.keys(root?.getFields() ?? {}).filter(name => !made.has(name))).toEqual([])
  })
})
