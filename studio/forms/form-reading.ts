import { useQueries } from '@tanstack/react-query'
import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import type { FormReading } from '@tessera/platform/records/check-form.js'
import { formReads } from '@tessera/platform/records/form-reads.js'
import { lookup } from '@tessera/platform/registry.js'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { ask } from '../api/client.js'
import type { RecordValues } from '../api/records.js'
import type { Values } from '../fields/face.js'
import { selectionOf } from '../fields/selection.js'
import { lineValues } from './lines-input.js'

type Path = readonly string[]

/** A record beside the form that its rules read. */
interface Wanted {
  readonly object: ObjectModel
  readonly id: string
  readonly select: string
}

/** What rules of a form read along relations. */
export interface Reading {
  readonly read: FormReading
  /** Whether all of it is here and may be seen; else rules over it are left to the server. */
  readonly isComplete: boolean
}

/** Reads the records that the rules of a form and of its lines name along lookups, anew when another one is chosen. */
export function useFormReading(
  object: ObjectModel,
  form: FormDefinition | undefined,
  record: RecordValues | null,
  values: Values,
): Reading {
  const { model } = useApp()
  const plan = useMemo(() => planOf(object, form, model), [object, form, model])
  const wanted = wantedOf(plan, model, [...(record ? [record] : []), values])
  const found = useQueries({
    queries: wanted.map(({ object: of, id, select }) => ({
      queryKey: ['records', of.name, 'one', id, select],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (
          await ask<{ record: RecordValues | null }>(
            '/graphql',
            `query One($id: ID!) { record: ${of.name}(id: $id) { ${select} } }`,
            { id },
            signal,
          )
        ).record,
      staleTime: 30_000,
    })),
  })
  const records = new Map(wanted.map(({ object: of, id }, index) => [`${of.name} ${id}`, found[index]?.data ?? null]))
  return { read: readingOf(model, records), isComplete: found.every(({ data }) => data !== undefined && data !== null) }
}

/** Of an object, what its rules read along which lookups; of each of its owned children too. */
interface Plan {
  readonly object: ObjectModel
  readonly paths: readonly Path[]
  readonly lines: readonly { readonly child: string; readonly object: ObjectModel; readonly paths: readonly Path[] }[]
}

function planOf(object: ObjectModel, form: FormDefinition | undefined, model: Model): Plan {
  const isFar = (path: Path) => path.length > 1
  const lines = Object.values(object.children).flatMap(child => {
    const of = lookup(model.objects, child.object)
    return of && child.owned ? [{ child: child.name, object: of, paths: formReads(of, undefined, model).filter(isFar) }] : []
  })
  const above = lines.flatMap(({ object: of, paths }) => paths.filter(([first]) => first === of.detail?.name).map(path => path.slice(1)))
  const own = [...formReads(object, form, model), ...above].filter(isFar)
  return {
    object,
    paths: own,
    lines: lines.map(line => ({ ...line, paths: line.paths.filter(([first]) => first !== line.object.detail?.name) })),
  }
}

function wantedOf({ object, paths, lines }: Plan, model: Model, records: readonly Values[]): Wanted[] {
  const wanted = new Map<string, Wanted>()
  const note = (of: ObjectModel, reads: readonly Path[], values: Values) => {
    for (const first of new Set(reads.map(([name = '']) => name))) {
      const field = fieldNamed(of, first)
      const target = lookup(model.objects, field?.relation?.to ?? '')
      const id = field && values[field.key]
      if (!target || typeof id !== 'string' || id === '') continue
      const rest = reads.filter(path => path[0] === first).map(path => path.slice(1))
      wanted.set(`${target.name} ${id}`, { object: target, id, select: selectPaths(target, rest, model) })
    }
  }
  for (const values of records) {
    note(object, paths, values)
    for (const line of lines) for (const row of lineValues(values[line.child])) note(line.object, line.paths, row)
  }
  return [...wanted.values()].sort((left, right) => (`${left.object.name} ${left.id}` < `${right.object.name} ${right.id}` ? -1 : 1))
}

/** The selection of a record with what stands at the ends of paths. */
export function selectPaths(object: ObjectModel, paths: readonly Path[], model: Model): string {
  const own = selectionOf(
    object,
    paths.map(([first = '']) => fieldNamed(object, first)?.name ?? ''),
    model,
  )
  const nested = [...new Set(paths.filter(path => path.length > 1).map(([first = '']) => first))].flatMap(first => {
    const target = lookup(model.objects, fieldNamed(object, first)?.relation?.to ?? '')
    const rest = paths.filter(path => path[0] === first && path.length > 1).map(path => path.slice(1))
    return target ? [`${first} { ${selectPaths(target, rest, model)} }`] : []
  })
  return [own, ...nested].join(' ')
}

const readingOf =
  (model: Model, records: ReadonlyMap<string, RecordValues | null>): FormReading =>
  ([first = '', ...rest], values, object) => {
    const field = fieldNamed(object, first)
    const target = lookup(model.objects, field?.relation?.to ?? '')
    const record = field && target ? records.get(`${target.name} ${String(values[field.key])}`) : null
    return target && record ? within(rest, record, target, model) : null
  }

/** The value at a path of a record as it came; a relation by itself is its id. */
function within([first = '', ...rest]: Path, values: Values, object: ObjectModel, model: Model): unknown {
  const field = fieldNamed(object, first)
  if (!field) return null
  if (rest.length === 0) return values[first] !== undefined && first !== field.name ? values[first] : (values[field.key] ?? null)
  const target = lookup(model.objects, field.relation?.to ?? '')
  const next = values[field.name]
  return target && typeof next === 'object' && next !== null ? within(rest, next as Values, target, model) : null
}
