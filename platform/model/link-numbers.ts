import { type Issue, issue } from '../errors.js'
import { missingParts, partsOf } from '../fields/number-format.js'
import { suggestion } from '../rules/suggestion.js'
import type { FieldModel, ObjectModel } from './model.js'
import { fieldAlong } from './scope.js'

/** Classes whose values can stand in a number. */
const readable: ReadonlySet<string> = new Set(['text', 'choice', 'integer', 'date'])

/** Checks the automatic numbers of an object: what their formats name is known when a number is drawn, and tells apart what is counted apart. */
export function checkNumbers(object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): void {
  for (const field of Object.values(object.fields).filter(candidate => candidate.type.name === 'autonumber')) {
    const path = `objects/${object.name}/fields/${field.name}`
    const { format, per } = field.definition
    const missing = missingParts(field.definition)
    if (missing !== '') issues.push(issue('NUMBER_PARTS_MISSING', `${path}/format`, { parts: missing }))
    for (const name of partsOf(format)) checkPart(name, field, `${path}/${name === per ? 'per' : 'format'}`, object, objects, issues)
  }
}

function checkPart(
  name: string,
  number: FieldModel,
  path: string,
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  issues: Issue[],
): void {
  // further away than one relation is not read while a number is drawn
  const part = name.split('.').length <= 2 ? fieldAlong(object, objects, name.split('.')) : null
  if (!part) {
    issues.push(
      issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
    )
    return
  }
  const isKnown = part.columns.length > 0 && (part.writable || part.type.name === 'autonumber') && part.name !== number.name
  if (!isKnown || !readable.has(part.class.name) || part.system)
    issues.push(issue('PROPERTY_UNFIT', path, { property: `{${name}}`, type: part.type.name }))
}
