import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import type { AggregatePlan, Choice, ListPlan, ReadPlan, RecordPlan, Where } from './plan.js'

/** A field of an object, by their names. */
export interface UsedField {
  readonly object: string
  readonly field: string
}

/** The field that somebody defined: a companion such as a currency counts as the one that it stands beside. */
export const definedField = ({ object, name, system, currencyOf, sinceOf, typeOf }: FieldModel): UsedField | null =>
  system ? null : { object, field: currencyOf ?? sinceOf ?? typeOf ?? name }

/** The fields that a read shows, or filters, orders or groups by, each once; those that every record has do not count. */
export function usedFields({ roots }: ReadPlan, model: Model): UsedField[] {
  const using = new Using(model)
  for (const root of roots) {
    if (root.kind === 'list') using.list(root.list)
    else if (root.kind === 'one') using.record(root.one.record)
    else if (root.kind === 'aggregate') using.aggregate(root.aggregate)
  }
  return [...using.found.values()]
}

/** One walk through a plan. */
class Using {
  readonly found = new Map<string, UsedField>()

  constructor(private readonly model: Model) {}

  record({ object, outputs }: RecordPlan): void {
    const model = lookup(this.model.objects, object)
    for (const output of outputs) {
      if ('field' in output && model) this.path([output.field], model)
      if (output.kind === 'one') this.record(output.record)
      else if (output.kind === 'any') for (const record of output.records) this.record(record)
      else if (output.kind === 'many') {
        const child = model && lookup(model.children, output.child)
        if (child && !child.through) this.add({ object: child.object, field: child.field })
        this.list(output.list)
      }
    }
  }

  list(plan: ListPlan): void {
    const object = this.choice(plan)
    if (object) for (const { path } of plan.order) this.path(path, object)
    for (const output of plan.outputs) {
      if (output.show === 'nodes') this.record(output.record)
      else if (output.show === 'edges') for (const edge of output.outputs) if (edge.show === 'node') this.record(edge.record)
    }
  }

  aggregate(plan: AggregatePlan): void {
    const object = this.choice(plan)
    if (!object) return
    for (const { path } of plan.groupBy) this.path(path, object)
    for (const { measure } of plan.having) if ('field' in measure) this.path([measure.field], object)
    for (const output of plan.outputs)
      if (output.show === 'fields') for (const { field } of output.fields) if (field !== null) this.path([field], object)
  }

  private choice({ object, where }: Choice): ObjectModel | undefined {
    const model = lookup(this.model.objects, object)
    if (where && model) this.where(where, model)
    return model
  }

  private where(where: Where, object: ObjectModel): void {
    for (const [key, inner] of Object.entries(where)) {
      if (key === 'and' || key === 'or' || key === 'not') {
        for (const part of Array.isArray(inner) ? (inner as readonly Where[]) : [inner as Where]) this.where(part, object)
        continue
      }
      if (key === 'rule') {
        for (const path of namesIn((inner as { readonly rule: unknown }).rule)) this.path(path, object)
        continue
      }
      const child = lookup(object.children, key)
      const rows = child && lookup(this.model.objects, child.object)
      if (rows) for (const of of Object.values(inner as Readonly<Record<string, Where>>)) this.where(of, rows)
      const field = child ? null : fieldNamed(object, key)
      const target = field && key === field.name ? lookup(this.model.objects, field.relation?.to ?? '') : undefined
      if (field) this.path([key], object)
      if (target) this.where(inner as Where, target)
    }
  }

  /** A path along relations uses each field on its way. */
  private path(path: readonly string[], start: ObjectModel): void {
    let object: ObjectModel | undefined = start
    for (const name of path[0] === 'record' ? path.slice(1) : path) {
      const field: FieldModel | null = object ? fieldNamed(object, name) : null
      if (!field) return
      const used = definedField(field)
      if (used) this.add(used)
      object = lookup(this.model.objects, field.relation?.to ?? '')
    }
  }

  private add(used: UsedField): void {
    this.found.set(`${used.object} ${used.field}`, used)
  }
}

/** The paths that a rule reads, wherever in it. */
function namesIn(rule: unknown): string[][] {
  if (typeof rule !== 'object' || rule === null) return []
  return Object.entries(rule).flatMap(([key, inner]) => {
    const name: unknown = key === 'var' && Array.isArray(inner) ? inner[0] : inner
    return key === 'var' && typeof name === 'string' ? [name.split('.')] : namesIn(inner)
  })
}
