import type { Answer } from './app.js'
import { post } from './app.js'
import { pluralOf, type Shape, type Slot } from './publish-shapes.js'

/** What every answered write said last of each record: values by the key of their slot. */
export type Ledger = Map<string, { readonly object: string; readonly values: Map<string, string> }>

/** What users share: where the model stands, what was written, what went wrong. */
export interface Crowd {
  /** What each version has; a version stands here before it is live. */
  readonly shapes: Map<number, Shape>
  readonly ledger: Ledger
  /** Answers that nothing excuses. */
  readonly failures: unknown[]
  /** Milliseconds of each request. */
  readonly times: number[]
  /** Clear refusals of what the model no longer has. */
  refusals: number
  isWorking: boolean
  /** Gives a number from 0 to 1. */
  readonly draw: () => number
  /** Milliseconds between an answer and the next request. */
  readonly pause: number
}

/** A request that somebody makes: what it names of a shape, and what is known when it was answered. */
interface Request {
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly slots: readonly Slot[]
  readonly answered?: (data: Record<string, unknown>) => void
}

interface Held {
  readonly id: string
  version: number
}

/** Somebody who reads and writes with the model that they know, and learns of a new one by the version of an answer. */
export class User {
  private known: number
  private readonly held: Held[] = []
  private readonly others = new Map<string, string[]>()

  constructor(
    private readonly crowd: Crowd,
    private readonly url: string,
    private readonly headers: Record<string, string>,
    /** Whether fields that some may not see are among theirs. */
    private readonly seesAll: boolean,
  ) {
    this.known = Math.max(...crowd.shapes.keys())
  }

  /** Works until everybody shall stop. */
  async work(): Promise<void> {
    while (this.crowd.isWorking) {
      await this.send(this.next())
      if (this.crowd.pause > 0) await new Promise(resolve => setTimeout(resolve, this.crowd.pause * (0.5 + this.crowd.draw())))
    }
  }

  private next(): Request {
    const shape = this.crowd.shapes.get(this.known) as Shape
    const kinds = this.held.length === 0 ? [() => this.create(shape)] : this.kindsOf(shape)
    return (kinds[Math.floor(this.crowd.draw() * kinds.length)] as () => Request)()
  }

  private kindsOf(shape: Shape): (() => Request)[] {
    const object = this.one(shape.objects)
    return [
      () => this.create(shape),
      () => this.update(shape),
      () => this.update(shape),
      () => this.line(),
      () => this.read(shape),
      () => this.list(shape),
      () => ({ query: '{ thingsAggregate { count } }', variables: {}, slots: [] }),
      ...(object ? [() => this.createOther(object), () => this.listOther(object)] : []),
    ]
  }

  private create({ fields }: Shape): Request {
    const slots = fields.filter(() => this.crowd.draw() < 0.7)
    const { data, values } = this.valuesOf(slots)
    return {
      query: 'mutation($data: ThingCreate!) { saved: createThing(data: $data) { id version } }',
      variables: { data: { name: `by ${this.headers.name}`, ...(this.seesAll ? { secret: 'x' } : {}), ...data } },
      slots,
      answered: ({ saved }) => {
        const made = saved as Held
        this.held.push(made)
        this.crowd.ledger.set(made.id, { object: 'thing', values })
      },
    }
  }

  /** What a form sends: the fields that were changed, and the version that it was opened with. */
  private update({ fields }: Shape): Request {
    const held = this.one(this.held) as Held
    const slots = fields.filter(() => this.crowd.draw() < 0.4)
    const { data, values } = this.valuesOf(slots)
    return {
      query:
        'mutation($id: ID!, $data: ThingUpdate!, $version: Int) { saved: updateThing(id: $id, data: $data, version: $version) { version } }',
      variables: { id: held.id, data: { name: `again ${Math.floor(this.crowd.draw() * 1e6)}`, ...data }, version: held.version },
      slots,
      answered: ({ saved }) => {
        held.version = (saved as Held).version
        for (const [key, value] of values) this.crowd.ledger.get(held.id)?.values.set(key, value)
      },
    }
  }

  /** A form with lines. */
  private line(): Request {
    const held = this.one(this.held) as Held
    return {
      query:
        'mutation($id: ID!, $version: Int) { saved: updateThing(id: $id, version: $version, data: { parts: { create: [{ what: "bolt" }] } }) { version parts { nodes { id what } } } }',
      variables: { id: held.id, version: held.version },
      slots: [],
      answered: ({ saved }) => {
        held.version = (saved as Held).version
      },
    }
  }

  private read({ fields }: Shape): Request {
    const held = this.one(this.held) as Held
    const names = fields.map(({ name }) => name).join(' ')
    return {
      query: `query($id: ID!) { thing(id: $id) { id name version ${names} parts { nodes { what } totalCount } } }`,
      variables: { id: held.id },
      slots: fields,
    }
  }

  private list({ fields }: Shape): Request {
    const slot = this.one(fields)
    const filter = slot ? `where: { ${slot.name}: { isNull: false } }, orderBy: [{ ${slot.name}: DESC }], ` : ''
    const names = fields.map(({ name }) => name).join(' ')
    return { query: `{ things(${filter}first: 20) { nodes { id name ${names} } totalCount } }`, variables: {}, slots: fields }
  }

  private createOther(object: Slot): Request {
    const { name } = object
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const text = String(Math.floor(this.crowd.draw() * 1e6))
    return {
      query: `mutation($data: ${type}Create!) { saved: create${type}(data: $data) { id } }`,
      variables: { data: { name: text } },
      slots: [object],
      answered: ({ saved }) => {
        const { id } = saved as Held
        this.others.set(object.key, [...(this.others.get(object.key) ?? []), id])
        this.crowd.ledger.set(id, { object: object.key, values: new Map([['name', text]]) })
      },
    }
  }

  private listOther(object: Slot): Request {
    return { query: `{ ${pluralOf(object.name)}(first: 10) { nodes { id name } } }`, variables: {}, slots: [object] }
  }

  private valuesOf(slots: readonly Slot[]): { data: Record<string, unknown>; values: Map<string, string> } {
    const drawn = slots.map(slot => ({ slot, value: Math.floor(1e5 + this.crowd.draw() * 9e5) }))
    return {
      data: Object.fromEntries(drawn.map(({ slot, value }) => [slot.name, slot.type === 'text' ? String(value) : value])),
      values: new Map(drawn.map(({ slot, value }) => [slot.key, String(value)])),
    }
  }

  private one<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.crowd.draw() * list.length)]
  }

  private async send({ query, variables, slots, answered }: Request): Promise<void> {
    const begun = performance.now()
    const { authorization = '', workspace = '' } = this.headers
    const asked = { authorization, 'x-workspace': workspace, 'x-tessera-version': String(this.known) }
    const answer = await post(`${this.url}/graphql`, query, variables, asked).catch((error: unknown) => error)
    this.crowd.times.push(performance.now() - begun)
    const { body, headers } = answer as Answer
    const before = this.known
    this.known = Number(headers?.get('x-tessera-version')) || before
    if (body?.data && !body.errors) answered?.(body.data)
    else if (body?.errors && this.isExcused(answer as Answer, before, slots)) this.crowd.refusals++
    else this.crowd.failures.push({ query, variables, before, after: this.known, answer: body ?? answer })
  }

  /** Whether an answer says that the model changed, and something that was asked for is no longer there as it was. */
  private isExcused({ body }: Answer, before: number, slots: readonly Slot[]): boolean {
    const now = this.crowd.shapes.get(this.known)
    const there = [...(now?.fields ?? []), ...(now?.objects ?? [])]
    const isThere = (slot: Slot) =>
      there.some(({ key, name, was, type }) => key === slot.key && type === slot.type && [name, ...was].includes(slot.name))
    const isTold = body.errors?.[0]?.extensions.issues.some(({ code }) => code === 'MODEL_CHANGED') ?? false
    return isTold && before !== this.known && !slots.every(isThere)
  }
}
