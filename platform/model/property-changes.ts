import { type Label, type Locale, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import { propertyWord, valueWord } from './property-words.js'

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
  tabs: 'tab',
  panels: 'panel',
  side: 'panel',
  highlights: 'field',
  measures: 'name',
  columns: 'field',
  fields: 'field',
  quick: 'field',
  was: 'name',
  pluralWas: 'name',
}
const texts = ['label', 'pluralLabel', 'inverseLabel', 'description', 'help', 'message', 'hint', 'confirm', 'plural']
const rules = ['requiredWhen', 'visibleWhen', 'readOnlyWhen', 'defaultRule', 'rule', 'where', 'when', 'must', 'records', 'candidates']
/** What is called as fields are. */
const ofFields = ['title', 'subtitle', 'groupBy', 'field', 'by', 'dependsOn', 'userField', 'requires', 'form', 'at', 'editable']
/** Lists by the name of an object, each with its own part. */
const byObject = ['grants', 'restrict']
const longest = 60
/** What is a number, a yes-or-no or a short word, and so can be shown as it was and as it is. */
const isPlain = (value: unknown): boolean =>
  value === undefined || ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && value.length <= longest)
const most = 4

/** In which language a change is told, and what a field is called there that a form or view names. */
export interface Telling {
  readonly locale: Locale
  readonly fieldLabel: (name: string) => string
  readonly objectLabel?: (name: string) => string
  /** A rule in words; null where it cannot be said. */
  readonly ruleText?: (rule: unknown, side: 'before' | 'after') => string | null
  /** How what is said of another object is told. */
  readonly within?: (object: string) => Telling
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
  if (byObject.includes(property)) return partsChange(property, had, has, telling)
  if (rules.includes(property) && [had, has].some(isRule)) return ruleChange(had, has, telling)
  if (property === 'fields' && [had, has].some(isThing)) return levelsChange(had, has, telling)
  if ([had, has].every(list => list === undefined || isNames(list)) && !lookup(namesOfParts, property))
    return namesChange(property, had, has, telling)
  const name = lookup(namesOfParts, property)
  if (name !== undefined && (Array.isArray(had) || Array.isArray(has))) return partsChange(property, had, has, telling)
  if (isPlain(had) && isPlain(has)) return `${plainWord(property, had, has, telling)} → ${plainWord(property, has, had, telling)}`
  return ''
}

const isNames = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(one => typeof one === 'string')
/** A rule is JSON Logic, or a constant that always or never holds. */
const isRule = (value: unknown): boolean => isThing(value) || typeof value === 'boolean'

/** A rule as it was and as it is; nothing where one of them cannot be said, or both are said alike. */
function ruleChange(had: unknown, has: unknown, { locale, ruleText }: Telling): string {
  const text = (rule: unknown, side: 'before' | 'after'): string | null =>
    rule === undefined ? empty(locale) : (ruleText?.(rule, side) ?? null)
  const [old, now] = [text(had, 'before'), text(has, 'after')]
  return old === null || now === null || old === now ? '' : `${old} → ${now}`
}

/** How far fields are open: each that differs; what is not named is open. */
function levelsChange(had: unknown, has: unknown, telling: Telling): string {
  const [old, now] = [isThing(had) ? had : {}, isThing(has) ? has : {}]
  const level = (value: unknown): string => valueWord(String(value ?? 'edit'), telling.locale)
  const differing = differingIn(old, now).map(
    name => `${telling.fieldLabel(name) || name} ${level(lookup(old, name))} → ${level(lookup(now, name))}`,
  )
  return listed(differing, telling.locale)
}

/** Which names came to a list and which went. */
function namesChange(property: string, had: unknown, has: unknown, telling: Telling): string {
  const { locale } = telling
  const [old, now] = [had, has].map(list => (isNames(list) ? list : []))
  const called = (names: readonly string[] = []) =>
    listed(
      names.map(name => wordFor(property, name, telling)),
      locale,
    )
  const [came, went] = [(now ?? []).filter(name => !old?.includes(name)), (old ?? []).filter(name => !now?.includes(name))]
  const said = [
    ...(came.length > 0 ? [locale === 'en' ? `new ${called(came)}` : `新增${called(came)}`] : []),
    ...(went.length > 0 ? [locale === 'en' ? `removed ${called(went)}` : `移除${called(went)}`] : []),
  ]
  return said.length > 0 ? said.join(locale === 'en' ? ', ' : '，') : locale === 'en' ? 'order' : '顺序'
}

const wordFor = (property: string, value: string, { locale, fieldLabel, objectLabel }: Telling): string =>
  (ofFields.includes(property) && fieldLabel(value)) ||
  ((property === 'object' || property === 'to') && objectLabel?.(value)) ||
  valueWord(value, locale)

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

function plainWord(property: string, value: unknown, other: unknown, telling: Telling): string {
  const { locale } = telling
  const isYesOrNo = typeof value === 'boolean' || typeof other === 'boolean'
  if (isYesOrNo) return locale === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'
  return value === undefined ? empty(locale) : typeof value === 'string' ? wordFor(property, value, telling) : String(value)
}

/** Which parts came, went and differ; a list with the same parts in another order says so. */
function partsChange(property: string, had: unknown, has: unknown, telling: Telling): string {
  const { locale } = telling
  const isByObject = byObject.includes(property)
  const key = isByObject ? 'object' : (lookup(namesOfParts, property) ?? '')
  const [old, now] = isByObject ? [grantsOf(had), grantsOf(has)] : [partsOf(had, key), partsOf(has, key)]
  const [came, went] = [only(now, old, telling), only(old, now, telling)]
  // what is called the same before and after was renamed, which is told where it is defined
  const come = came.filter(name => !went.includes(name))
  const gone = went.filter(name => !came.includes(name))
  const changed = [...now].flatMap(([name, part]) => {
    const former = old.get(name)
    const properties = former ? differingIn(former, part) : []
    const inner = isByObject ? (telling.within?.(name) ?? telling) : telling
    return former && properties.length > 0 ? [changedPart(calledIn(name, part, telling), properties, former, part, inner)] : []
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

/** A part that differs, and in what: of the fields of a section which, its rules as they were and as they are, of others the properties. */
function changedPart(name: string, properties: readonly string[], before: Thing, after: Thing, telling: Telling): string {
  const isTold = (property: string) => ['fields', 'actions', ...rules].includes(property)
  const wordOf = (property: string) =>
    isTold(property) ? propertyChange(property, before, after, telling) : propertyWord(property, telling.locale)
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

/** The grants of a role by object; `*` is every object that it does not name. */
const grantsOf = (grants: unknown): ReadonlyMap<string, Thing> =>
  new Map(
    Object.entries(isThing(grants) ? grants : {}).flatMap(([name, part]) => (isThing(part) ? [[name, { ...part, object: name }]] : [])),
  )

/** A part by its label or message, a field or object by what it is called, else by its name. */
const calledIn = (name: string, part: Thing, { locale, fieldLabel, objectLabel }: Telling): string => {
  const text = labelOf(part.label as Label | undefined, locale) || labelOf(part.message as Label | undefined, locale)
  if (name === '*') return locale === 'en' ? 'every other object' : '其他所有对象'
  return quoted(text || (part.field === name && fieldLabel(name)) || (part.object === name && objectLabel?.(name)) || name, locale)
}

/** The properties in which two things differ, however deep; the order of keys counts, since people see it. */
export function differingIn(before: object, after: object, without: readonly string[] = []): string[] {
  if (before === after) return []
  const [had, has] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...has.keys(), ...had.keys()])].filter(
    key => !without.includes(key) && JSON.stringify(had.get(key)) !== JSON.stringify(has.get(key)),
  )
}
