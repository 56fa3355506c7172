import type { Element } from '@tessera/platform/definitions/index.js'
import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Elements, Json } from './draft.js'
import { pluralLabelOf } from './names.js'

/** What a new object is made of. */
export interface NewObject {
  readonly name: string
  readonly plural: string
  readonly label: Label
  readonly icon?: string
  /** The navigation that leads to it. */
  readonly navigation: string | null
  /** Roles that may work with its records. */
  readonly roles: readonly string[]
}

/** Adds an object with a title field, a form, a list, a way in the navigation and grants. */
export function addObject(elements: Elements, { name, plural, label, icon, navigation, roles }: NewObject): Elements {
  const pluralLabel = pluralLabelOf(label)
  const made: Element[] = [
    {
      kind: 'object',
      name,
      definition: {
        object: name,
        plural,
        label,
        pluralLabel,
        ...(icon ? { icon } : {}),
        title: 'name',
        fields: { name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, search: 10 } },
      },
    },
    {
      kind: 'form',
      name: freeElementName(elements, 'forms', name),
      definition: {
        form: freeElementName(elements, 'forms', name),
        label,
        object: name,
        sections: [
          { section: 'basics', label: { en: 'Basics', 'zh-CN': '基本信息' }, columns: 2, fields: [{ field: 'name', width: 'full' }] },
        ],
      },
    },
    {
      kind: 'view',
      name: freeElementName(elements, 'views', plural),
      definition: {
        view: freeElementName(elements, 'views', plural),
        label: allLabel(pluralLabel),
        object: name,
        kind: 'list',
        columns: [{ field: 'name', width: 280 }],
      },
    },
  ]
  const folders: Readonly<Record<string, string>> = { object: 'objects', form: 'forms', view: 'views' }
  const added = { ...elements, ...Object.fromEntries(made.map(element => [`${folders[element.kind]}/${element.name}`, element])) }
  return granted(navigation === null ? added : inNavigation(added, navigation, name), name, roles)
}

function freeElementName(elements: Elements, folder: string, wanted: string): string {
  let name = wanted
  for (let attempt = 2; lookup(elements, `${folder}/${name}`); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
  return name
}

const allLabel = (label: Label): Label => {
  const { en, 'zh-CN': chinese } = typeof label === 'string' ? { en: label, 'zh-CN': label } : label
  return { ...(en === undefined ? {} : { en: `All ${en.toLowerCase()}` }), ...(chinese === undefined ? {} : { 'zh-CN': `全部${chinese}` }) }
}

function inNavigation(elements: Elements, navigation: string, object: string): Elements {
  const path = `navigation/${navigation}`
  const element = lookup(elements, path)
  if (!element) return elements
  const definition = element.definition as unknown as NavigationDefinition
  const [first, ...others] = definition.groups
  const groups = first
    ? [{ ...first, items: [...first.items, { object }] }, ...others]
    : [{ group: 'main', label: definition.label, items: [{ object }] }]
  return { ...elements, [path]: { ...element, definition: { ...definition, groups } } }
}

function granted(elements: Elements, object: string, roles: readonly string[]): Elements {
  const entries = Object.entries(elements).map(([path, element]): [string, Element] => {
    const grants = element.definition.grants as Json | undefined
    if (element.kind !== 'role' || !grants || !roles.includes(element.name) || Object.hasOwn(grants, object)) return [path, element]
    return [
      path,
      { ...element, definition: { ...element.definition, grants: { ...grants, [object]: { actions: ['read', 'create', 'update'] } } } },
    ]
  })
  return Object.fromEntries(entries)
}

/** Changes properties of an object; undefined takes a property away. */
export function changeObject(elements: Elements, name: string, change: Json): Elements {
  const path = `objects/${name}`
  const element = lookup(elements, path)
  if (!element) return elements
  const definition = Object.fromEntries(Object.entries({ ...element.definition, ...change }).filter(([, value]) => value !== undefined))
  return { ...elements, [path]: { ...element, definition } }
}

/** Removes an object with its forms, views and reports, its places in navigation and its grants; what else names it is left to be solved. */
export function removeObject(elements: Elements, name: string): Elements {
  const kept = Object.entries(elements).filter(
    ([path, { kind, definition }]) =>
      path !== `objects/${name}` && !(['form', 'view', 'report'].includes(kind) && definition.object === name),
  )
  const gone = new Set(Object.keys(elements).filter(path => !kept.some(([other]) => other === path)))
  return Object.fromEntries(kept.map(([path, element]): [string, Element] => [path, withoutObject(element, name, gone)]))
}

function withoutObject(element: Element, name: string, gone: ReadonlySet<string>): Element {
  if (element.kind === 'role') {
    const { [name]: removed, ...grants } = (element.definition.grants ?? {}) as Json
    return removed === undefined ? element : { ...element, definition: { ...element.definition, grants } }
  }
  if (element.kind !== 'navigation') return element
  const definition = element.definition as unknown as NavigationDefinition
  const isGone = (item: { object?: string; view?: string; report?: string }): boolean =>
    item.object === name || gone.has(`views/${item.view}`) || gone.has(`reports/${item.report}`)
  if (!definition.groups.some(group => group.items.some(isGone))) return element
  const groups = definition.groups.map(group => ({ ...group, items: group.items.filter(item => !isGone(item)) }))
  return { ...element, definition: { ...definition, groups } }
}
