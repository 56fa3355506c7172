import { elementPath, kinds } from '@tessera/platform/definitions/index.js'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { type Label, locales } from '@tessera/platform/label.js'
import { propertyWord } from '@tessera/platform/model/property-words.js'
import { lookup } from '@tessera/platform/registry.js'
import { useApp, useLabel } from '../api/app.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What a path of the definitions is called by people: object, field and property by their labels; what has none keeps its name. */
export function usePlaceName(): (path: string) => string {
  const { t, i18n } = useTexts()
  const label = useLabel()
  const { locale } = useApp()
  const { elements, live } = useWorkshop()
  const nameOf = (path: string): string => {
    const [folder = '', name = '', part = '', field = '', property = '', ...within] = path.split('/')
    const kind = Object.values(kinds).find(known => (known.folder || known.name) === folder)
    const own = kind ? elementPath({ kind: kind.name, name }) : folder
    const element = lookup(elements, own) ?? lookup(live, own)
    if (!element) return path
    const title = label(element.definition.label as Label) || name
    if (folder === 'templates' && property !== '') {
      const inner = (element.definition.elements as readonly ObjectDefinition[])[Number(field)]
      return [title, label(inner?.label), label(inner?.fields?.[within[0] ?? '']?.label) || propertyWord(property, locale)].join(' › ')
    }
    if (folder !== 'objects' || part !== 'fields' || field === '')
      return [title, part && propertyWord(part, locale)].filter(each => each !== '').join(' › ')
    const definition = lookup((element.definition as unknown as ObjectDefinition).fields, field)
    const word = i18n.exists(`property.${property}`, { ns: 'builder' }) ? t(`property.${property}`) : property
    const parts = partsAt(definition?.[property as keyof FieldDefinition], within).map(each =>
      typeof each === 'string' ? propertyWord(each, locale) : label(each.label),
    )
    return [title, label(definition?.label) || field, word, ...parts].filter(each => each !== '').join(' › ')
  }
  // the languages of a label are told apart
  return path => {
    const language = locales.find(locale => path.endsWith(`/${locale}`))
    return language ? `${nameOf(path.slice(0, -language.length - 1))} › ${t(`language.${language}`)}` : nameOf(path)
  }
}

/** The parts of a property on the way to a problem: what has a label by that, and the property of it; a rule inside of it is one thing. */
function partsAt(value: unknown, [first, second, ...rest]: readonly string[]): (string | { readonly label: Label })[] {
  if (first === undefined || typeof value !== 'object' || value === null) return []
  const part = Object.hasOwn(value, first) ? (value as Readonly<Record<string, unknown>>)[first] : undefined
  if (typeof part === 'object' && part !== null && 'label' in part)
    return [part as { label: Label }, ...(second === undefined ? [] : [second])]
  return Array.isArray(part) && second !== undefined ? partsAt(part, [second, ...rest]) : []
}
