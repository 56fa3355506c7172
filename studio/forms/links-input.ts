import { linksName } from '@tessera/platform/model/junctions.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { isSame } from '@tessera/platform/records/values.js'
import type { Values } from '../fields/face.js'
import { seenFields, selectionOf } from '../fields/selection.js'
import { lineValues } from './lines-input.js'

/** The name under which a record has the links themselves, with their attributes. */
export const linksNameOf = ({ name }: ChildModel): string => linksName(name)

/** What a link says beside its two ends: the fields that people give it. */
export function attributeFields({ through }: ChildModel, junction: ObjectModel): FieldModel[] {
  const ends = new Set([through?.own, through?.other, 'position'])
  return seenFields(junction).filter(field => !field.system && field.writable && !ends.has(field.name))
}

/** What to ask of a record so that its links can be changed in a form. */
export function linksSelection(child: ChildModel, model: Model): string {
  const junction = child.through && Object.hasOwn(model.objects, child.through.junction) ? model.objects[child.through.junction] : undefined
  if (!junction || !child.through) return ''
  const names = [child.through.other, ...attributeFields(child, junction).map(field => field.name)]
  const order = child.through.ordered ? ', orderBy: [{ position: ASC }]' : ''
  return `${linksNameOf(child)}(first: 200${order}) { nodes { ${selectionOf(junction, names, model)} } }`
}

/** What of a link can be sent as its attributes. */
const attributesOf = (link: Values, key: string): [string, unknown][] =>
  Object.entries(link).filter(
    ([name, value]) =>
      name !== key &&
      !['id', 'version', 'position'].includes(name) &&
      !name.endsWith('Currency') &&
      (typeof value !== 'object' || value === null || Array.isArray(value)),
  )

/**
 * The change of links as the API takes it: new ones and those whose attributes changed, removed ones; all of them anew where their order
 * changed; undefined when nothing did.
 */
export function linksInput({ through }: ChildModel, before: unknown, after: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!through) return undefined
  const key = `${through.other}Id`
  const now = lineValues(after).filter(link => typeof link[key] === 'string')
  const old = new Map(lineValues(before).map(link => [link[key], link]))
  const changed = now.flatMap(link => {
    const was = old.get(link[key])
    const attributes = attributesOf(link, key).filter(([name, value]) =>
      was ? !isSame(was[name], value) : value !== null && value !== undefined,
    )
    if (was && attributes.length === 0) return []
    return [{ id: link[key], ...(attributes.length > 0 ? { attributes: Object.fromEntries(attributes) } : {}) }]
  })
  const kept = new Set(now.map(link => link[key]))
  const removed = [...old.keys()].filter(id => !kept.has(id))
  const isMoved =
    through.ordered &&
    !isSame(
      [...old.keys()].filter(id => kept.has(id)),
      now.map(link => link[key]).filter(id => old.has(id)),
    )
  if (isMoved) {
    const said = new Map(changed.map(link => [link.id, link]))
    return { replace: now.map(link => said.get(link[key]) ?? { id: link[key] }) }
  }
  const input = { ...(changed.length > 0 ? { link: changed } : {}), ...(removed.length > 0 ? { unlink: removed } : {}) }
  return Object.keys(input).length > 0 ? input : undefined
}
