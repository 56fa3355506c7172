import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import type { FollowedEvent, ShareTold } from '../workflows/outbox.js'

/** A link that was made, changed or taken away: the child that it belongs to, and the record at its other end. */
export interface LinkTold {
  readonly by: string
  readonly other: string
}

/** What happened beside a record, which leaves the record itself as it was. */
export type Beside = { readonly kind: 'link'; readonly link: LinkTold } | { readonly kind: 'given' | 'taken'; readonly share: ShareTold }

/** An event as it is told of a record: its own, or of what happened beside it. */
export interface ToldEvent extends Pick<FollowedEvent, 'id' | 'object' | 'record' | 'event' | 'before' | 'position'> {
  readonly beside: Beside | null
}

/** The objects whose records are the links of records of some objects. */
export const linksOf = (objects: ReadonlySet<string>, { objects: all }: Model): string[] => [
  ...new Set(
    [...objects].flatMap(name => Object.values(lookup(all, name)?.children ?? {}).flatMap(({ through }) => through?.junction ?? [])),
  ),
]

/** What events tell: those of links tell of the links themselves, and of the records at both ends of all that they ever joined. */
export const toldEvents = (events: readonly FollowedEvent[], model: Model): ToldEvent[] =>
  events.flatMap(event => {
    const object = lookup(model.objects, event.object)
    return [{ ...event, beside: shareTold(event) }, ...(object?.junction ? endsTold(event, object, model) : [])]
  })

function shareTold({ event, before }: FollowedEvent): Beside | null {
  if (event !== 'shared' && event !== 'unshared') return null
  return { kind: event === 'shared' ? 'given' : 'taken', share: before as unknown as ShareTold }
}

function endsTold({ before, after, ...event }: FollowedEvent, junction: ObjectModel, model: Model): ToldEvent[] {
  const { near = '', far = '' } = junction.junction ?? {}
  const told = [near, far].flatMap(own => {
    const [field, opposite] = [junction.fields[own], junction.fields[own === near ? far : near]]
    const object = lookup(model.objects, field?.relation?.to ?? '')
    const child = Object.values(object?.children ?? {}).find(({ through }) => through?.junction === junction.name && through.own === own)
    if (!field || !opposite || !object || !child) return []
    return [before, after].flatMap(values => {
      const [record, other] = [values?.[field.key], values?.[opposite.key]]
      if (typeof record !== 'string' || typeof other !== 'string') return []
      return [{ ...event, object: object.name, record, before: null, link: { by: child.name, other } }]
    })
  })
  // a link that goes on between the same two is told of once
  const once = new Map(told.map(one => [`${one.object} ${one.record} ${one.link.by} ${one.link.other}`, one]))
  return [...once.values()].map(({ link, ...one }) => ({ ...one, beside: { kind: 'link', link } }))
}
