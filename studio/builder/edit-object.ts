import type { Element } from '@tessera/platform/definitions/index.js'
import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { changeElement, freeElementName } from './edit-element.js'
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
export function addObject(elements: Elements, made: NewObject): Elements {
  const form = freeElementName(elements, 'forms', made.name)
  const view = freeElementName(elements, 'views', made.plural)
  const added: Elements = {
    ...elements,
    [`objects/${made.name}`]: { kind: 'object', name: made.name, definition: objectOf(made) },
    [`forms/${form}`]: { kind: 'form', name: form, definition: formOf(form, made) },
    [`views/${view}`]: { kind: 'view', name: view, definition: listOf(view, made) },
  }
  return granted(made.navigation === null ? added : inNavigation(added, made.navigation, made.name), made.name, made.roles)
}

const objectOf = ({ name, plural, label, icon }: NewObject): Json => ({
  object: name,
  plural,
  label,
  pluralLabel: pluralLabelOf(label),
  ...(icon ? { icon } : {}),
  title: 'name',
  fields: { name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, search: 10 } },
})

const formOf = (form: string, { name, label }: NewObject): Json => ({
  form,
  label,
  object: name,
  sections: [{ section: 'basics', label: { en: 'Basics', 'zh-CN': '基本信息' }, columns: 2, fields: [{ field: 'name', width: 'full' }] }],
})

const listOf = (view: string, { name, label }: NewObject): Json => ({
  view,
  label: allLabel(pluralLabelOf(label)),
  object: name,
  kind: 'list',
  columns: [{ field: 'name', width: 280 }],
})

/** A label inside of another: its first letter small, unless it is an abbreviation. */
const lowered = (text: string): string => text.replace(/^\p{Lu}(?=\p{Ll}|$)/u, letter => letter.toLowerCase())

export const allLabel = (label: Label): Label => {
  const { en, 'zh-CN': chinese } = typeof label === 'string' ? { en: label, 'zh-CN': label } : label
  return { ...(en === undefined ? {} : { en: `All ${lowered(en)}` }), ...(chinese === undefined ? {} : { 'zh-CN': `全部${chinese}` }) }
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
export const changeObject = (elements: Elements, name: string, change: Json): Elements => changeElement(elements, `objects/${name}`, change)
