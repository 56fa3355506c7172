import { type Issue, type IssueParams, issue, joinPath } from '../errors.js'
import { type Label, labelOf, locales } from '../label.js'
import { replaceMerges } from '../model/link-merges.js'
import type { FieldModel, MergeModel, ValidationModel } from '../model/model.js'
import { isEmpty, type Judged, valueAt } from './check.js'

/** How values are written into a message. */
export interface Wording {
  /** The currency of the workspace, ISO 4217, for amounts in it. */
  readonly currency?: string | undefined
  /** Whether whoever reads the message may see what stands at a path. */
  readonly isShown: (path: readonly string[]) => boolean
}

/** A broken rule as issues, one at every field that it names, its message with the values of the record. */
export function issuesOfRule(rule: ValidationModel, judged: Judged, path: string, wording: Wording): Issue[] {
  const places = rule.at.length > 0 ? rule.at.map(name => judged.object.fields[name]?.key ?? name) : ['']
  const message = worded(rule, judged, wording)
  const severity: IssueParams = rule.isWarning ? { severity: 'warning' } : {}
  return places.map(place =>
    issue('RULE_VIOLATED', joinPath(path, place), { rule: rule.name, message, hint: rule.hint ?? '', ...severity }),
  )
}

function worded({ message, merges }: ValidationModel, judged: Judged, wording: Wording): Label {
  if (Object.keys(merges).length === 0) return message
  const texts = locales.map(locale => {
    const said = (name: string) => {
      const merge = Object.hasOwn(merges, name) ? merges[name] : undefined
      return merge ? mergedText(merge, judged, wording, locale) : null
    }
    return [locale, replaceMerges(labelOf(message, locale), said)] as const
  })
  return Object.fromEntries(texts)
}

function mergedText({ path, field }: MergeModel, judged: Judged, wording: Wording, locale: (typeof locales)[number]): string {
  if (!wording.isShown(path)) return '…'
  return valueText(field, path, judged, wording.currency, locale)
}

/** What people read of the value at a path: formatted in their language, `—` when it is empty. */
export function valueText(
  field: FieldModel,
  path: readonly string[],
  judged: Judged,
  currency: string | undefined,
  locale: (typeof locales)[number],
): string {
  const value = valueAt(path, judged)
  if (isEmpty(value)) return '—'
  const own = field.currency === null ? null : valueAt([...path.slice(0, -1), `${field.name}Currency`], judged)
  const stated = typeof own === 'string' ? own : currency
  const { timeZone, today } = judged.moment
  return field.type.format(value, field.definition, { locale, timeZone, today, ...(stated === undefined ? {} : { currency: stated }) })
}
