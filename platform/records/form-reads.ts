import type { FormDefinition } from '../definitions/form.js'
import type { Model, ObjectModel } from '../model/model.js'
import { pathsOf } from '../rules/rule.js'
import { ruledFields } from './check-fields.js'
import { rulesOfLayout } from './layout-rules.js'
import { linkRulesOf, ruledLinks, rulesOfLinks } from './ruled-links.js'

/** Paths that the rules of an object's fields, and of a form over it, read of a record; each once. Context names are left out. */
export function formReads(object: ObjectModel, form: FormDefinition | undefined, model: Model): readonly (readonly string[])[] {
  const fields = ruledFields(object).flatMap(({ rules: { visible, required, readOnly, default: given, help, options } }) => [
    visible,
    required,
    readOnly,
    given,
    ...help.map(({ when }) => when),
    ...Object.values(options),
  ])
  const links = ruledLinks(object).flatMap(child => linkRulesOf(child).help.map(({ when }) => when))
  const rules = [
    ...fields,
    ...rulesOfLinks(object),
    ...links,
    ...(form ? rulesOfLayout(form, object, model) : []),
    ...object.rules.map(({ must }) => must),
  ]
  const paths = rules
    .flatMap(rule => (rule ? pathsOf(rule) : []))
    .map(path => (path[0] === 'record' || path[0] === 'before' ? path.slice(1) : path))
  return [...new Map(paths.filter(([first = '']) => Object.hasOwn(object.fields, first)).map(path => [path.join('.'), path])).values()]
}
