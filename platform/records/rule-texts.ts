import { formatMoney } from '../fields/reading.js'
import type { Locale } from '../label.js'
import type { RuleText } from '../model/change-words.js'
import type { Model, ObjectModel } from '../model/model.js'
import { fieldAlong, typeScope } from '../model/scope.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { type Naming, ruleWords } from '../rules/words.js'
import type { Moment } from './defaults.js'
import { ownPath, ruleNaming } from './rule-naming.js'

/** ISO 4217 for no currency. */
const noCurrency = 'XXX'
const longest = 160

/** Circumstances in which nobody in particular reads. */
const nobody: Moment = { member: null, now: '', today: '', timeZone: 'UTC' }

/**
 * How the rules of two models are said in people's words: “Amount > 100,000”, as the builder of conditions says them.
 * @param currency in which amounts are written; as plain numbers when it is not known
 */
export function ruleTexts(before: Model, after: Model, currency: string | null = null, moment: Moment = nobody): RuleText {
  return (rule, { side, object: name, locale }) => {
    const model = side === 'before' ? before : after
    const object = lookup(model.objects, name)
    if (!object) return null
    const { checked } = checkRule(rule, typeScope(object, model.objects, { before: true, rows: true }), null, '')
    if (!checked) return null
    const text = ruleWords(checked, naming(object, { model, locale, currency, moment }))
    return [...text].length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text
  }
}

interface Saying {
  readonly model: Model
  readonly locale: Locale
  readonly currency: string | null
  readonly moment: Moment
}

function naming(object: ObjectModel, { model, locale, currency, moment }: Saying): Naming {
  const telling = { model, locale, currency: currency ?? noCurrency, nameOf: () => null, isShown: () => true }
  const usual = ruleNaming(object, telling, moment, null)
  if (currency !== null) return usual
  return {
    ...usual,
    valueOf: (value, type, beside) => {
      const field = beside && fieldAlong(object, model.objects, ownPath(beside))
      return field?.currency && value !== null && !Array.isArray(value)
        ? formatMoney(value, locale, undefined).replace(/\.00$/, '')
        : usual.valueOf(value, type, beside)
    },
  }
}
