import { lookup } from '../registry.js'
import type { FormerNames } from './former.js'
import type { FieldModel, ObjectModel } from './model.js'
import { rootNames, targetTypeNames, typeNames } from './naming.js'

/**
 * Gives objects the former names under which they and their fields still answer: those of `was` and `pluralWas`, as long as nothing else
 * is called so. A present name always wins; a former name of two things is none of either.
 */
export function withFormerNames(objects: Readonly<Record<string, ObjectModel>>): Record<string, ObjectModel> {
  const all = Object.values(objects)
  const renamed = all.filter(({ junction, definition }) => !junction && (definition.was || definition.pluralWas))
  const rootsOf = onlyOne(renamed.map(formerRoots), new Set(all.flatMap(({ name, plural }) => namesIn(rootNames(name, plural)))))
  const typesOf = onlyOne(renamed.map(formerTypes), new Set(all.flatMap(({ name }) => Object.values(typeNames(name)))))
  return Object.fromEntries(
    all.map(object => {
      const at = renamed.indexOf(object)
      const former = { keys: formerKeys(object), roots: rootsOf[at] ?? {}, types: typesOf[at] ?? {} }
      const isAny = Object.values(former).some(names => Object.keys(names).length > 0)
      return [object.name, isAny ? { ...object, former } : object]
    }),
  )
}

type Names = Readonly<Record<string, string>>

/** Of former names those that are not taken, each for one thing only. */
function onlyOne(lists: readonly (readonly (readonly [former: string, present: string])[])[], taken: ReadonlySet<string>): Names[] {
  const count = new Map<string, Set<string>>()
  for (const list of lists) for (const [former, present] of list) count.set(former, (count.get(former) ?? new Set()).add(present))
  return lists.map(list => Object.fromEntries(list.filter(([former]) => !taken.has(former) && count.get(former)?.size === 1)))
}

const namesIn = ({ queries, mutations, subscriptions }: ReturnType<typeof rootNames>): string[] => [
  ...Object.values(queries),
  ...Object.values(mutations),
  ...Object.values(subscriptions),
]

const formerObjects = ({ name, plural, definition }: ObjectModel) =>
  [name, ...(definition.was ?? [])].flatMap(one => [plural, ...(definition.pluralWas ?? [])].map(many => ({ one, many })))

function formerRoots(object: ObjectModel): (readonly [string, string])[] {
  const present = namesIn(rootNames(object.name, object.plural))
  return formerObjects(object).flatMap(({ one, many }) =>
    namesIn(rootNames(one, many)).map((root, at) => [root, present[at] ?? ''] as const),
  )
}

function formerTypes(object: ObjectModel): (readonly [string, string])[] {
  const present = Object.values(typeNames(object.name))
  const own = (object.definition.was ?? []).flatMap(one =>
    Object.values(typeNames(one)).map((type, at) => [type, present[at] ?? ''] as const),
  )
  const targets = Object.values(object.fields).filter(({ targets: several }) => several)
  return [...own, ...targets.flatMap(field => formerTargetTypes(object, field))]
}

function formerTargetTypes({ name, definition }: ObjectModel, field: FieldModel): (readonly [string, string])[] {
  const present = Object.values(targetTypeNames(name, field.name))
  return [name, ...(definition.was ?? [])].flatMap(object =>
    [field.name, ...(field.definition.was ?? [])].flatMap(former =>
      Object.values(targetTypeNames(object, former)).map((type, at) => [type, present[at] ?? ''] as const),
    ),
  )
}

/** Names that inputs have beside fields. */
const words = ['and', 'or', 'not', 'rule', 'search', 'nothing']

/** The former keys of an object's fields: `client` for `partner`, `clientId` for `partnerId`. */
function formerKeys({ fields, children }: ObjectModel): FormerNames['keys'] {
  const taken = new Set([...words, ...Object.keys(children), ...Object.values(fields).flatMap(({ name, key }) => [name, key])])
  const lists = Object.values(fields).map(field => {
    const own = field.definition.was ?? []
    const beside = field.currencyOf === null ? [] : (lookup(fields, field.currencyOf)?.definition.was ?? [])
    return [
      ...own.flatMap(was => [[was, field.name] as const, [`${was}${field.key.slice(field.name.length)}`, field.key] as const]),
      ...beside.map(was => [`${was}${field.name.slice(field.currencyOf?.length)}`, field.name] as const),
    ]
  })
  return Object.assign({}, ...onlyOne(lists, taken))
}
