import type { Model, ObjectModel } from '../model/model.js'
import { fieldAlong } from '../model/scope.js'

/** The paths along lookups (`partner.name`) that conditions and steps of an object's workflows read, each once: what is fetched before they are judged. */
export function workflowPaths(object: ObjectModel, model: Model): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  for (const { definition } of Object.values(model.workflows)) {
    if (definition.on.object !== object.name) continue
    for (const name of namesIn([definition.when ?? null, definition.steps])) {
      const parts = name.split('.')
      const path = parts[0] === 'record' || parts[0] === 'before' ? parts.slice(1) : parts
      if (path.length > 1 && fieldAlong(object, model.objects, path)) found.set(path.join('.'), path)
    }
  }
  return [...found.values()]
}

/** Every name that the rules in a part of a definition read. */
function namesIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, inner]) => (key === 'var' ? textsIn(inner) : namesIn(inner)))
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter(item => typeof item === 'string').slice(0, 1) : []
