import type { FormDefinition } from '../definitions/form.js'
import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import { pathsOf } from '../rules/rule.js'
import { suggestion } from '../rules/suggestion.js'
import { condition, kindWords, known, target } from './link.js'
import type { ObjectModel } from './model.js'

type Objects = Readonly<Record<string, ObjectModel>>

/**
 * Checks that a form places known fields and children in known tabs, and that what it is used for can be known when it is opened.
 * @param roles the names of all roles
 */
export function linkForm(form: FormDefinition, objects: Objects, roles: readonly string[], issues: Issue[]): FormDefinition {
  const path = `forms/${form.form}`
  const object = target(form.object, objects, `${path}/object`, issues)
  checkTabs(form, path, issues)
  form.roles?.forEach((role, index) => {
    if (!roles.includes(role)) issues.push(unknown(kindWords.role, role, roles, `${path}/roles/${index}`))
  })
  if (!object) return form
  const ruled = (holder: object, properties: readonly string[], at: string) => {
    for (const property of properties)
      condition((holder as Readonly<Record<string, unknown>>)[property], object, objects, `${at}/${property}`, issues, true)
  }
  checkWhen(form, object, objects, issues)
  form.sections.forEach((section, index) => {
    ruled(section, ['visibleWhen'], `${path}/sections/${index}`)
    section.fields.forEach((placed, place) => {
      const at = `${path}/sections/${index}/fields/${place}`
      if (typeof placed !== 'string') ruled(placed, ['visibleWhen', 'requiredWhen', 'readOnlyWhen'], at)
      known(object, objects, typeof placed === 'string' ? placed : placed.field, at, issues, true)
    })
  })
  form.quick?.forEach((name, place) => {
    known(object, objects, name, `${path}/quick/${place}`, issues, false)
  })
  return form
}

const tabWord: Label = { en: 'tab', 'zh-CN': '标签页' }

const unknown = (kind: Label, name: string, names: readonly string[], path: string): Issue =>
  issue('ELEMENT_UNKNOWN', path, { kind, name, suggestion: suggestion(name, names) })

function checkTabs({ tabs = [], sections }: FormDefinition, path: string, issues: Issue[]): void {
  const names = tabs.map(({ tab }) => tab)
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) issues.push(issue('ELEMENT_DOUBLE', `${path}/tabs/${index}/tab`, { kind: tabWord, name }))
  })
  sections.forEach(({ tab }, index) => {
    if (tab !== undefined && !names.includes(tab)) issues.push(unknown(tabWord, tab, names, `${path}/sections/${index}/tab`))
  })
}

/** Which form is used is known from the record alone, before anything along its relations is read. */
function checkWhen(form: FormDefinition, object: ObjectModel, objects: Objects, issues: Issue[]): void {
  const path = `forms/${form.form}/when`
  const rule = condition(form.when, object, objects, path, issues, true)
  const own = (names: readonly string[]) => (names[0] === 'record' || names[0] === 'before' ? names.slice(1) : names)
  for (const names of rule ? pathsOf(rule) : []) {
    const [first = '', ...rest] = own(names)
    if (rest.length > 0 && (Object.hasOwn(object.fields, first) || first === 'parent'))
      issues.push(issue('RULE_FIELD_UNKNOWN', path, { field: names.join('.'), suggestion: suggestion(first, Object.keys(object.fields)) }))
  }
}
