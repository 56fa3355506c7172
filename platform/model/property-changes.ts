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
  sections: 'section',
  groups: 'group',
  measures: 'name',
}
const texts = ['label', 'pluralLabel', 'inverseLabel', 'description', 'help', 'message', 'hint', 'confirm', 'plural']
/** What is a number or a yes-or-no, and so can be shown as it was and as it is. */
const isPlain = (value: unknown): boolean => value === undefined || typeof value === 'number' || typeof value === 'boolean'
const most = 4

/**
 * How one property differs, in words: a text or number as it was and as it is, a list by its parts.
 * @param property its name, which may be one of a part too
 * @returns the name of the property alone when its values would say nothing to people, as those of a rule
 */
export function propertyChange(property: string, before: Thing, after: Thing, locale: Locale): string {
  const [had, has] = [before[property], after[property]]
  const word = propertyWord(property, locale)
  const change = changeOf(property, had, has, locale)
  return change === '' ? word : locale === 'en' ? `${word}: ${change}` : `${word}：${change}`
}

function changeOf(property: string, had: unknown, has: unknown, locale: Locale): string {
  if (texts.includes(property))
    return textChange(labelOf(had as Label | undefined, locale), labelOf(has as Label | undefined, locale), locale)
  if (property === 'states') return partsChange('transitions', statesOf(had), statesOf(has), locale)
  const name = lookup(namesOfParts, property)
  if (name !== undefined && (Array.isArray(had) || Array.isArray(has))) return partsChange(property, had, has, locale)
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
function partsChange(property: string, had: unknown, has: unknown, locale: Locale): string {
  const key = lookup(namesOfParts, property) ?? ''
  const [old, now] = [partsOf(had, key), partsOf(has, key)]
  const come = [...now].filter(([name]) => !old.has(name)).map(([name, part]) => calledIn(name, part, locale))
  const gone = [...old].filter(([name]) => !now.has(name)).map(([name, part]) => calledIn(name, part, locale))
  const changed = [...now].flatMap(([name, part]) => {
    const former = old.get(name)
    const properties = former ? differingIn(former, part) : []
    return properties.length === 0 ? [] : [changedPart(calledIn(name, part, locale), properties, locale)]
  })
  const isEnglish = locale === 'en'
  const said = [
    ...(come.length > 0 ? [isEnglish ? `new ${listed(come, locale)}` : `新增${listed(come, locale)}`] : []),
    ...(gone.length > 0 ? [isEnglish ? `removed ${listed(gone, locale)}` : `移除${listed(gone, locale)}`] : []),
    ...(changed.length > 0 ? [isEnglish ? `changed ${listed(changed, locale)}` : `修改${listed(changed, locale)}`] : []),
  ]
  if (said.length > 0) return said.join(isEnglish ? ', ' : '，')
  return [...old.keys()].join() === [...now.keys()].join() ? '' : propertyWord('sort', locale)
}

function changedPart(name: string, properties: readonly string[], locale: Locale): string {
  const words = [...new Set(properties.map(property => propertyWord(property, locale)))]
  return locale === 'en' ? `${name} (${words.join(', ')})` : `${name}（${words.join('、')}）`
}

function listed(names: readonly string[], locale: Locale): string {
  const shown = names.slice(0, most).join(locale === 'en' ? ', ' : '、')
  const more = names.length - most
  return more <= 0 ? shown : locale === 'en' ? `${shown} and ${more} more` : `${shown}等 ${names.length} 项`
}

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)

const partsOf = (list: unknown, key: string): ReadonlyMap<string, Thing> =>
  new Map((Array.isArray(list) ? list : []).filter(isThing).map(part => [String(part[key]), part]))

/** A part by its label, else by what its name stands for where that is a text of people's own, such as the value of an option. */
const calledIn = (name: string, part: Thing, locale: Locale): string =>
  quoted(labelOf(part.label as Label | undefined, locale) || labelOf(part.message as Label | undefined, locale) || name, locale)

/** The properties in which two things differ, however deep; the order of keys counts, since people see it. */
export function differingIn(before: object, after: object, without: readonly string[] = []): string[] {
  const [had, has] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...has.keys(), ...had.keys()])].filter(
    key => !without.includes(key) && JSON.stringify(had.get(key)) !== JSON.stringify(has.get(key)),
  )
}
