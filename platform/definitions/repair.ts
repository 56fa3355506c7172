import type { Element } from './index.js'
import { misfitsOf, type ShapeMisfit } from './shape.js'

/** Repairing what a repair uncovers ends here. */
const mostRounds = 5

/**
 * An element without the parts that break its shape, so that the rest can still be checked together with everything else.
 * An object always stays one; another element that lacks something essential is null.
 */
export function repaired(element: Element): Element | null {
  let definition = element.definition
  for (let round = 0; round < mostRounds; round++) {
    const misfits = misfitsOf({ ...element, definition }).filter(({ error }) => structural.has(error.keyword))
    if (misfits.length === 0) return { ...element, definition }
    if (element.kind !== 'object' && misfits.some(isEssential)) return null
    definition = JSON.parse(JSON.stringify(definition)) as Record<string, unknown>
    // from the back, so that places in lists stay true
    for (const misfit of misfits.toReversed()) repair(definition as Json, misfit, element.name)
  }
  return null
}

/** What breaks a shape so that it cannot be read; a value out of bounds can. */
const structural: ReadonlySet<string> = new Set(['type', 'anyOf', 'const', 'additionalProperties', 'required'])

const isEssential = ({ at, error }: ShapeMisfit): boolean => error.keyword === 'required' && at.length === 0

type Json = Record<string, unknown>

function repair(definition: Json, { at, error }: ShapeMisfit, name: string): void {
  const params = error.params as Json
  if (error.keyword === 'required') {
    const missing = String(params.missingProperty)
    if (at.length === 0) definition[missing] = standIns(name)[missing]
    else if (at[0] === 'fields' && missing === 'type') put(definition, [...at, missing], 'text')
    else remove(definition, at)
  } else {
    remove(definition, error.keyword === 'additionalProperties' ? [...at, String(params.additionalProperty)] : at)
  }
}

/** What an object must have, when it has it not. */
const standIns = (name: string): Json => ({ plural: `${name}Records`, label: name, fields: {} })

function remove(definition: Json, at: readonly string[]): void {
  const [holder, key] = holderOf(definition, at)
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else if (holder) delete holder[key]
}

function put(definition: Json, at: readonly string[], value: unknown): void {
  const [holder, key] = holderOf(definition, at)
  if (holder && !Array.isArray(holder)) holder[key] = value
}

function holderOf(definition: Json, at: readonly string[]): [Json | unknown[] | null, string] {
  let holder: unknown = definition
  for (const part of at.slice(0, -1)) holder = typeof holder === 'object' && holder !== null ? (holder as Json)[part] : null
  const isHolder = typeof holder === 'object' && holder !== null
  return [isHolder ? (holder as Json | unknown[]) : null, at.at(-1) ?? '']
}
