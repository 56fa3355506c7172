import { type Label, type Locale, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import { propertyWord } from './property-words.js'

type Thing = Readonly<Record<string, unknown>>

/** By what the parts of a list are known from one version to the next. */
const namesOfParts: Readonly<Record<string, string>> = {
  options: 'value',
  labels: 'value',
  transitions: 'transition',
  rules: 'rule',
  unique: 'unique',
  ranges: 'range',
  indexes: 'index',
  sections: 'section',
  groups: 'group',
  measures: 'name',
  columns: 'field',
  fields: 'field',
  quick: 'field',
  was: 'name',
  pluralWas: 'name',
}
const texts = ['label', 'pluralLabel', 'inverseLabel', 'description', 'help', 'message', 'hint', 'confirm', 'plural']
/** What is a number or a yes-or-no, and so can be shown as it was and as it is. */
const isPlain = (value: unknown): boolean => value === undefined || typeof value === 'number' || typeof value === 'boolean'
const most = 4

/** In which language a change is told, and what a field is called there that a form or view names. */
export interface Telling {
  readonly locale: Locale
  readonly fieldLabel: (name: string) => string
}

/**
 * How one property differs, in words: a text or number as it was and as it is, a list by its parts.
 * @param property its name, which may be one of a part too
 * @returns the name of the property alone when its values would say nothing to people, as those of a rule
 */
export function propertyChange(property: string, before: Thing, after: Thing, telling: Telling): string {
  const { locale } = telling
  const word = propertyWord(property, locale)
  const change = changeOf(property, before[property], after[property], telling)
  return change === '' ? word : locale === 'en' ? `${word}: ${change}` : `${word}：${change}`
}

function changeOf(property: string, had: unknown, has: unknown, telling: Telling): string {
  const { locale } = telling
  if (texts.includes(property))
    return textChange(labelOf(had as Label | undefined, locale), labelOf(has as Label | undefined, locale), locale)
  if (property === 'states') return partsChange('transitions', statesOf(had), statesOf(has), telling)
  const name = lookup(namesOfParts, property)
  if (name !== undefined && (Array.isArray(had) || Array.isArray(has))) return partsChange(property, had, has, telling)
  if (isPlain(had) && isPlain(has)) return `${plainWord(had, has, locale)} → ${plainWord(has, had, locale)}`
  return ''
}

const statesOf = (states: unknown): unknown => (states as { transitions?: unknown } | undefined)?.transitions

const quoted = (text: string, locale: Locale): string => {
  const short = [...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text
  return locale === 'en' ? `“${short}”` : `「${short}」`
}

function textChange(had: string, has: string, locale: Locale): string {
  if (had === has) return ''
  const word = (text: string) => (text === '' ? empty(locale) : quoted(text, locale))
  return `${word(had)} → ${word(has)}`
}

const empty = (locale: Locale): string => (locale === 'en' ? 'none' : '无')

function plainWord(value: unknown, other: unknown, locale: Locale): string {
  const isYesOrNo = typeof value === 'boolean' || typeof other === 'boolean'
  if (isYesOrNo) return locale === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'
  return value === undefined ? empty(locale) : String(value)
}

/** Which parts came, went and differ; a list with the same parts in another order says so. */
function partsChange(property: string, had: unknown, has: unknown, telling: Telling): string {
  const { locale } = telling
  const key = lookup(namesOfParts, property) ?? ''
  const [old, now] = [partsOf(had, key), partsOf(has, key)]
  const [came, went] = [only(now, old, telling), only(old, now, telling)]
  // what is called the same before and after was renamed, which is told where it is defined
  const come = came.filter(name => !went.includes(name))
  const gone = went.filter(name => !came.includes(name))
  const changed = [...now].flatMap(([name, part]) => {
    const former = old.get(name)
    const properties = former ? differingIn(former, part) : []
    return former && properties.length > 0 ? [changedPart(calledIn(name, part, telling), properties, former, part, telling)] : []
  })
  const isEnglish = locale === 'en'
  const said = [
    ...(come.length > 0 ? [isEnglish ? `new ${listed(come, locale)}` : `新增${listed(come, locale)}`] : []),
    ...(gone.length > 0 ? [isEnglish ? `removed ${listed(gone, locale)}` : `移除${listed(gone, locale)}`] : []),
    ...(changed.length > 0 ? [isEnglish ? `changed ${listed(changed, locale)}` : `修改${listed(changed, locale)}`] : []),
  ]
  if (said.length > 0) return said.join(isEnglish ? ', ' : '，')
  return came.length > 0 || [...old.keys()].join() === [...now.keys()].join() ? '' : isEnglish ? 'order' : '顺序'
}

/** What the parts are called that are in one list and not in the other. */
const only = (list: ReadonlyMap<string, Thing>, other: ReadonlyMap<string, Thing>, telling: Telling): string[] =>
  [...list].filter(([name]) => !other.has(name)).map(([name, part]) => calledIn(name, part, telling))

/** A part that differs, and in what: of the fields of a section which, of others the properties. */
function changedPart(name: string, properties: readonly string[], before: Thing, after: Thing, telling: Telling): string {
  const wordOf = (property: string) =>
    property === 'fields' ? propertyChange(property, before, after, telling) : propertyWord(property, telling.locale)
  const words = [...new Set(properties.map(wordOf))]
  return telling.locale === 'en' ? `${name} (${words.join(', ')})` : `${name}（${words.join('、')}）`
}

function listed(names: readonly string[], locale: Locale): string {
  const shown = names.slice(0, most).join(locale === 'en' ? ', ' : '、')
  const more = names.length - most
  return more <= 0 ? shown : locale === 'en' ? `${shown} and ${more} more` : `${shown}等 ${names.length} 项`
}

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The parts of a list by name; a field may stand there by its name alone. */
const partsOf = (list: unknown, key: string): ReadonlyMap<string, Thing> =>
  new Map(
    (Array.isArray(list) ? list : [])
      .map(part => (typeof part === 'string' ? { [key]: part } : part))
      .filter(isThing)
      .map(part => [String(part[key]), part]),
  )

/** A part by its label or message, a field by what its object calls it, else by its name. */
const calledIn = (name: string, part: Thing, { locale, fieldLabel }: Telling): string => {
  const text = labelOf(part.label as Label | undefined, locale) || labelOf(part.message as Label | undefined, locale)
  return quoted(text || (part.field === name && fieldLabel(name)) || name, locale)
}

/** The properties in which two things differ, however deep; the order of keys counts, since people see it. */
export function differingIn(before: object, after: object, without: readonly string[] = []): string[] {
  if (before === after) return []
  const [had, has] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...has.keys(), ...had.keys()])].filter(
    key => !without.includes(key) && JSON.stringify(had.get(key)) !== JSON.stringify(has.get(key)),
  )
}
