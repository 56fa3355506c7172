import { formatDate, formatDateTime } from '../fields/reading.js'
import { type Label, type Locale, labelOf } from '../label.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { fieldAlong } from '../model/scope.js'
import { lookup } from '../registry.js'
import type { RecordReads } from '../rules/rule.js'
import { isList, scalarOf } from '../rules/types.js'
import type { Naming } from '../rules/words.js'
import { isEmpty, type Judged, valueAt } from './check.js'
import type { Telling } from './field-states.js'
import { valueText } from './wording.js'

/** How a rule is explained to somebody. */
export interface Explaining extends Telling {
  /** Whether whoever asks may see what stands at a path of the record. */
  readonly isShown: (path: readonly string[]) => boolean
  /** What the member who acts is called where that is not the reader. */
  readonly who?: string | undefined
  /** Whether of a condition that reads what the reader may not see nothing else is told; without it, only its names and values are left out. */
  readonly isStrict?: boolean
}

/** Stands for what the reader may not see. */
export const unseen = '…'

const words = {
  user: { en: 'You', 'zh-CN': '你' },
  now: { en: 'Now', 'zh-CN': '现在' },
  today: { en: 'Today', 'zh-CN': '今天' },
  isNew: { en: 'A new record', 'zh-CN': '新记录' },
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },
} as const satisfies Readonly<Record<string, Label>>

/** A yes or no in the reader's language. */
export const yesNo = (value: boolean, locale: Locale): string => labelOf(value ? words.yes : words.no, locale)

/** The path of a field, without the names of what it is read of. */
export const ownPath = (path: readonly string[]): readonly string[] =>
  (path[0] === 'record' || path[0] === 'before') && path.length > 1 ? path.slice(1) : path

const contextOf = (path: readonly string[]): keyof typeof words | null => {
  const [first = ''] = path
  if (first === 'user' && path.length > 1) return 'user'
  if (path.length === 1 && (first === 'now' || first === 'today')) return first
  return path.join('.') === 'record.isNew' ? 'isNew' : null
}

/** Whether the reader may see everything that a part of a rule reads. */
export const isWhollyShown = (reads: RecordReads, telling: Pick<Explaining, 'isShown'>, rows: readonly string[] = []): boolean =>
  reads.paths.every(path => contextOf(path) !== null || telling.isShown([...rows, ...ownPath(path)])) &&
  reads.rows.every(one => telling.isShown([...rows, ...ownPath(one.at)]) && isWhollyShown(one, telling, [...rows, ...ownPath(one.at)]))

/** What a path is called: labels along the relations, “…” where the reader may not see it. */
function nameAt(path: readonly string[], object: ObjectModel, { model, locale, isShown, who }: Explaining): string {
  const context = contextOf(path)
  if (context === 'user' && who !== undefined) return who
  if (context) return labelOf(words[context], locale)
  const own = ownPath(path)
  if (!isShown(own)) return unseen
  const names = own.map((name, index) => {
    const label = fieldAlong(object, model.objects, own.slice(0, index + 1))?.label ?? lookup(object.children, name)?.label
    return labelOf(label, locale) || name
  })
  const text = names.join(' › ')
  if (path[0] !== 'before') return text
  return locale === 'zh-CN' ? `原${text}` : `${text} before`
}

/** The names of a rule over records of an object. */
export function ruleNaming(object: ObjectModel, telling: Explaining, moment: Judged['moment'], values: Judged | null): Naming {
  const { model, locale, isShown } = telling
  return {
    locale,
    nameOf: path => nameAt(path, object, telling),
    valueOf: (value, type, beside) => {
      if (value === null) return locale === 'zh-CN' ? '空' : 'empty'
      const field = beside && fieldAlong(object, model.objects, ownPath(beside))
      if (beside && field && !isShown(ownPath(beside))) return unseen
      return literalText(value, scalarOf(isList(type) ? type.list : type), field, { telling, moment, beside, judged: values })
    },
    within: rows => {
      const child = lookup(object.children, rows.at(-1) ?? '')
      const target = child && lookup(model.objects, child.object)
      const inner = { ...telling, isShown: (path: readonly string[]) => isShown([...ownPath(rows), ...path]) }
      return target ? ruleNaming(target, inner, moment, null) : ruleNaming(object, telling, moment, values)
    },
  }
}

interface Beside {
  readonly telling: Explaining
  readonly moment: Judged['moment']
  readonly beside: readonly string[] | null
  readonly judged: Judged | null
}

/** A value that is written in a rule, as its neighbour's values are written. */
function literalText(value: unknown, type: string, field: FieldModel | null, place: Beside): string {
  const { telling, moment, beside, judged } = place
  const { locale } = telling
  if (field && !field.relation) {
    const own = field.currency && beside && judged ? valueAt([...beside.slice(0, -1), `${field.name}Currency`], judged) : null
    const currency = typeof own === 'string' ? own : telling.currency
    return field.type.format(Array.isArray(value) || !field.class.parts ? value : [value], field.definition, {
      locale,
      timeZone: moment.timeZone,
      today: moment.today,
      currency,
    })
  }
  if (typeof value === 'boolean') return yesNo(value, locale)
  if (type === 'date') return formatDate(value, locale)
  if (type === 'dateTime') return formatDateTime(value, locale, moment.timeZone, moment.today)
  if (type === 'text') return locale === 'zh-CN' ? `「${String(value)}」` : `“${String(value)}”`
  if (type === 'id') return unseen
  return String(value)
}

/** What stands at a path of a judged record, as people read it: “—” where it is empty, “…” where they may not see it. */
export function inputText(path: readonly string[], judged: Judged, telling: Explaining): string {
  const { model, locale, currency, nameOf, isShown } = telling
  const { moment } = judged
  const context = contextOf(path)
  if (context === 'user') return moment.member?.name ?? '—'
  if (context === 'isNew') return yesNo(judged.before === null, locale)
  if (context === 'today') return formatDate(moment.today, locale)
  if (context === 'now') return formatDateTime(moment.now, locale, moment.timeZone, moment.today)
  const own = ownPath(path)
  if (!isShown(own)) return unseen
  const field = fieldAlong(judged.object, model.objects, own)
  if (!field || isEmpty(valueAt(path, judged))) return '—'
  if (field.relation) return (path[0] === 'before' ? null : nameOf(own)) ?? unseen
  return valueText(field, path, judged, currency, locale)
}
