import { type Label, type Locale, labelOf } from '../label.js'
import { differences, wordsOf } from '../model/change-words.js'
import { type Change, changesOf } from '../model/changes.js'
import type { Model } from '../model/model.js'
import { lookup } from '../registry.js'
import type { Moment } from './defaults.js'
import { ruleTexts } from './rule-texts.js'

/** One thing that differs within an element, and in what: each property as it was and as it is. */
export interface Difference {
  readonly do: Change['do']
  readonly kind: string
  readonly path: string
  readonly title: Label
  readonly said: readonly string[]
}

/** An element of which something differs. */
export interface DifferingElement {
  readonly kind: string
  readonly name: string
  readonly title: Label
  readonly differences: readonly Difference[]
}

/** Who reads a comparison: their language, and the currency and moment in which values are written. */
export interface DiffReader {
  readonly locale: Locale
  readonly currency: string | null
  readonly moment?: Moment
}

/** What differs between two versions, in words: by element, in it by field, and of that by property with its old and new value. */
export function semanticDiff(before: Model, after: Model, { locale, currency, moment }: DiffReader): DifferingElement[] {
  const ruleText = ruleTexts(before, after, currency, moment)
  const found = new Map<string, { kind: string; name: string; title: Label; differences: Difference[] }>()
  for (const change of changesOf(before, after)) {
    const { do: deed, kind, path, title } = change
    const [folder = '', name = ''] = path.split('/')
    const own = `${folder}/${name}`
    const object = folder === 'objects' ? (lookup(after.objects, name) ?? lookup(before.objects, name)) : undefined
    const element = found.get(own) ?? { kind: object ? 'object' : kind, name, title: object?.label ?? title, differences: [] }
    found.set(own, element)
    const said =
      deed === 'change'
        ? differences(change, after, locale, ruleText)
        : [labelOf(wordsOf(change, after, ruleText), locale), ...beside(change)]
    element.differences.push({ do: deed, kind, path, title, said })
  }
  return [...found.values()]

  /** What else differs in a field that gets another type. */
  function beside(change: Change): string[] {
    return change.do === 'retype' && change.properties.length > 0 ? differences(change, after, locale, ruleText) : []
  }
}
