import type { Issue } from '../errors.js'
import { lookup } from '../registry.js'
import type { Elements, Json } from './elements.js'
import { lastFirst, replaceAt } from './mention-edits.js'

/** An entry of a definition that names what is not there: the path of the definition, and the place of the entry in it. */
export interface Stray {
  readonly element: string
  readonly place: readonly string[]
}

const codes: ReadonlySet<string> = new Set(['ELEMENT_UNKNOWN', 'OBJECT_UNKNOWN', 'LIST_UNKNOWN', 'FIELD_UNKNOWN'])

/**
 * By the folder of a definition, the entries without which it says what it said before; the first group is the entry.
 * A restriction is not among them: without it somebody may see more.
 */
const entries: Readonly<Record<string, RegExp>> = {
  navigation: /^(groups\/\d+\/items\/\d+)\/(?:object|view|report)$/,
  pages:
    /^(highlights\/\d+|(?:tabs\/\d+\/panels|side)\/\d+(?=\/(?:list|report)$)|(?:tabs\/\d+\/panels|side)\/\d+\/(?:(?:fields|columns)\/\d+$|sort\/\d+))/,
  forms: /^(sections\/\d+\/fields\/\d+|quick\/\d+)$/,
  views: /^(columns\/\d+|cards\/fields\/\d+|sort\/\d+)(?:\/field)?$/,
  roles: /^(grants\/[^/]+(?:\/fields\/[^/]+)?)$/,
}

/** The entry that can be taken out for an issue to be solved; null where that takes more thought. */
export function strayOf({ code, path }: Pick<Issue, 'path'> & { readonly code: string }): Stray | null {
  const [folder = '', name = '', ...rest] = path.split('/')
  const place = codes.has(code) ? lookup(entries, folder)?.exec(rest.join('/'))?.[1] : undefined
  return place === undefined ? null : { element: `${folder}/${name}`, place: place.split('/') }
}

/** The definitions without some entries. */
export function withoutStrays(elements: Elements, strays: readonly Stray[]): Elements {
  const changed = { ...elements }
  for (const { element, place } of lastFirst(outermost(strays), ({ place }) => place)) {
    const found = lookup(changed, element)
    if (found) changed[element] = { ...found, definition: replaceAt(found.definition, place, () => undefined) as Json }
  }
  return changed
}

/** Each stray once, and none within another one. */
export function outermost(strays: readonly Stray[]): Stray[] {
  const at = ({ element, place }: Stray) => [element, ...place].join('/')
  const unique = [...new Map(strays.map(stray => [at(stray), stray])).values()]
  return unique.filter(stray => !unique.some(other => at(stray).startsWith(`${at(other)}/`)))
}
