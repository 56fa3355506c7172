import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import type { MergeModel, ObjectModel } from './model.js'
import { fieldAlong } from './scope.js'

const braces = /\{([^{}\s]+)\}/g

/** The texts of a label, by language; under an empty name where it is one for all. */
const textsOf = (label: Label): (readonly [string, string])[] => (typeof label === 'string' ? [['', label]] : Object.entries(label))

/** What a label names in braces, each once. */
export const mergesIn = (label: Label): string[] => [
  ...new Set(textsOf(label).flatMap(([, text]) => [...text.matchAll(braces)].map(([, name = '']) => name))),
]

/** A text with what stands in braces replaced; null leaves it as it is. */
export const replaceMerges = (text: string, replacement: (name: string) => string | null): string =>
  text.replace(braces, (whole, name: string) => replacement(name) ?? whole)

/**
 * Links what a message names: fields, along lookups too; a lookup stands for the title of its record.
 * @param issues get every unknown name, in each language that has it
 */
export function linkMerges(
  message: Label,
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  path: string,
  issues: Issue[],
): Record<string, MergeModel> {
  const merges: Record<string, MergeModel> = {}
  for (const name of mergesIn(message)) {
    const end = titled(name.split('.'), object, objects)
    const field = end && fieldAlong(object, objects, end)
    const type = field?.class.rule ?? null
    if (end && field && type !== null) {
      const rule = { var: end.join('.') }
      merges[name] = { path: end, field, read: { kind: 'read', rule, path: end, type, isNullable: true } }
      continue
    }
    for (const [locale, text] of textsOf(message)) {
      if (!text.includes(`{${name}}`)) continue
      const at = locale === '' ? path : `${path}/${locale}`
      issues.push(
        issue('FIELD_UNKNOWN', at, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
      )
    }
  }
  return merges
}

/** A path with the title of the record that it ends at; null when it is none, or ends at a person, whose name is not read here. */
function titled(path: readonly string[], object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>): readonly string[] | null {
  const field = fieldAlong(object, objects, path)
  if (!field || field.relation?.kind === 'member') return null
  const target = field.relation?.to ? lookup(objects, field.relation.to) : undefined
  if (!target) return path
  const title = lookup(target.fields, target.title)
  return title && !title.relation ? [...path, title.name] : [...path, 'id']
}
