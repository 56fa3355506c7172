import type { ErrorSchema, ValidatorType } from '@rjsf/utils'
import { type Issue, joinPath, localizeIssue } from '@tessera/platform/errors.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Locale } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { checkRequired, checkRules, checkValues } from '@tessera/platform/records/check.js'
import { defaultsOf, type Moment } from '@tessera/platform/records/defaults.js'
import type { App } from '../api/app.js'
import type { Values } from '../fields/face.js'

/** Who types, and when. */
export function momentOf(app: App): Moment {
  const now = new Date().toISOString()
  return { member: app.member, now, today: dayOf(now, app.timeZone), timeZone: app.timeZone }
}

/** What a form is checked against: the record before, if there is one, and the parent of a line. */
export interface FormCheck {
  readonly model: Model
  readonly object: ObjectModel
  readonly before: Values | null
  readonly moment: Moment
  readonly locale: Locale
  /** A value along a relation (`customer.name`), as far as it is known here. */
  readonly related?: (path: readonly string[]) => unknown
}

/** Everything that is wrong with the values of a form; the very check that the server makes. */
export function checkForm({ model, object, before, moment, locale, related = () => null }: FormCheck, values: Values): Issue[] {
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(object.children, key)))
  const { values: read, issues } = checkValues(object, own)
  const after = { ...before, ...read }
  const required = checkRequired(object, after, before === null ? null : new Set(Object.keys(own)))
  const sound = issues.length + required.length === 0
  const rules = sound ? checkRules({ object, before, after, moment, related }, before === null ? 'create' : 'update') : []
  const lines = Object.values(object.children).flatMap(child => {
    const of = Object.hasOwn(model.objects, child.object) ? model.objects[child.object] : undefined
    const rows = values[child.name]
    return of && child.owned && Array.isArray(rows)
      ? rows.flatMap((row, index) =>
          checkLine(of, row as Values, moment).map(found => ({ ...found, path: joinPath(`${child.name}/${index}`, found.path) })),
        )
      : []
  })
  return [...issues, ...required, ...rules, ...lines].map(found => localizeIssue(found, locale))
}

function checkLine(object: ObjectModel, row: Values, moment: Moment): Issue[] {
  const own = Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'id' && key !== 'version'))
  const { values, issues } = checkValues(object, own)
  const required = checkRequired(object, { ...defaultsOf(object, own, moment), ...values }, null).filter(
    found => found.code !== 'PARENT_MISSING',
  )
  return [...issues, ...required]
}

/** react-jsonschema-form's validator over the platform's check: no schema is compiled in the browser. */
export const validatorOf = (check: (values: Values) => readonly Issue[]): ValidatorType => ({
  validateFormData: formData => {
    const errors = check((formData ?? {}) as Values).map(found => ({ stack: found.message, message: found.message, property: found.path }))
    return { errors, errorSchema: (errors.length > 0 ? { __errors: errors.map(error => error.message) } : {}) as ErrorSchema }
  },
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
})
