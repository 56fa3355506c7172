/** A field or object of a test through all its names and types: what it is called now, what it was called, what it holds. */
export interface Slot {
  /** Stays the same for life. */
  readonly key: string
  readonly name: string
  readonly was: readonly string[]
  readonly type: 'text' | 'integer'
}

/** What one version has beside what never changes: fields of `thing`, and objects of their own. */
export interface Shape {
  readonly fields: readonly Slot[]
  readonly objects: readonly Slot[]
}

/** A step from one version to the next. */
export type Step = 'addField' | 'renameField' | 'retypeField' | 'removeField' | 'addObject' | 'renameObject' | 'removeObject'

/** The steps by turns: everything is added more often than it is taken away. */
export const steps: readonly Step[] = [
  'addField',
  'renameField',
  'retypeField',
  'addObject',
  'removeField',
  'addField',
  'renameObject',
  'retypeField',
  'addObject',
  'removeObject',
]

/** Where it begins. */
export const firstShape: Shape = {
  fields: ['a', 'b', 'c', 'd'].map(key => ({ key, name: `field${key.toUpperCase()}`, was: [], type: 'text' })),
  objects: [{ key: 'p', name: 'extraP', was: [], type: 'text' }],
}

/**
 * The shape after a step.
 * @param number a number of its own for every step, which new names end in
 * @param draw gives a number from 0 to 1
 */
export function stepped({ fields, objects }: Shape, step: Step, number: number, draw: () => number): Shape {
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(draw() * list.length)]
  const put = (list: readonly Slot[], slot: Slot | undefined, change: (slot: Slot) => Slot) =>
    list.map(other => (other === slot ? change(other) : other))
  const renamed = (slot: Slot): Slot => ({ ...slot, name: `${slot.name.replace(/N\d+$/, '')}N${number}`, was: [...slot.was, slot.name] })
  const made = (name: string): Slot => ({ key: `${name}${number}`, name: `${name}${number}`, was: [], type: 'text' })
  const field = one(fields)
  const object = one(objects)
  switch (step) {
    case 'addField':
      return { fields: [...fields, made('added')], objects }
    case 'renameField':
      return { fields: put(fields, field, renamed), objects }
    case 'retypeField':
      return { fields: put(fields, field, slot => ({ ...slot, type: slot.type === 'text' ? 'integer' : 'text' })), objects }
    case 'removeField':
      return { fields: fields.filter(slot => slot !== field), objects }
    case 'addObject':
      return { fields, objects: [...objects, made('extra')] }
    case 'renameObject':
      return { fields, objects: put(objects, object, renamed) }
    case 'removeObject':
      return { fields, objects: objects.filter(slot => slot !== object) }
  }
}

/** The plural of an object of a shape. */
export const pluralOf = (name: string): string => `${name}s`

const former = ({ was }: Slot) => (was.length > 0 ? { was } : {})

/** The definitions of a shape. */
export const definitionsOf = ({ fields, objects }: Shape): object[] => [
  {
    object: 'thing',
    plural: 'things',
    label: 'Thing',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      secret: { type: 'text', label: 'Secret' },
      ...Object.fromEntries(fields.map(slot => [slot.name, { type: slot.type, label: slot.name, ...former(slot) }])),
    },
  },
  {
    object: 'part',
    plural: 'parts',
    label: 'Part',
    fields: { thing: { type: 'masterDetail', label: 'Thing', to: 'thing', inverse: 'parts' }, what: { type: 'text', label: 'What' } },
  },
  ...objects.map(slot => ({
    object: slot.name,
    plural: pluralOf(slot.name),
    label: slot.name,
    ...former(slot),
    ...(slot.was.length > 0 ? { pluralWas: slot.was.map(pluralOf) } : {}),
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' } },
  })),
]

/** What may be lost on the way from one shape to another, as a publish wants it confirmed. */
export const lossesOf = (before: Shape, after: Shape): string[] => [
  ...[...before.fields, ...after.fields].map(({ name }) => `objects/thing/fields/${name}`),
  ...before.objects.map(({ name }) => `objects/${name}`),
]
