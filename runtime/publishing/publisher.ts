import { setImmediate as sent } from 'node:timers/promises'
import { Inject, Injectable } from '@nestjs/common'
import type { ElementRef } from '@tessera/platform/definitions/index.js'
import { elementPath } from '@tessera/platform/definitions/index.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { Mention } from '@tessera/platform/model/mentions.js'
import type { Model } from '@tessera/platform/model/model.js'
import { ddl } from '@tessera/platform/tables/ddl.js'
import type { Storage } from '@tessera/platform/tables/storage.js'
import { note } from '../audit/entry.js'
import { readCatalog } from '../database/catalog.js'
import { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { RequestError } from '../request-error.js'
import { movesOf } from './backfill.js'
import { candidateOf, type Draft } from './candidate.js'
import { doublesOf } from './doubles.js'
import { askPostgres, type Readings } from './example-readings.js'
import { expand } from './expand.js'
import { fillsOf } from './fills.js'
import { type Building, Finisher } from './finisher.js'
import { addJobs } from './jobs.js'
import { type Loss, lossesOf } from './losses.js'
import { Models } from './models.js'
import { offersOf } from './offers.js'
import { bringPackagesBack } from './package-store.js'
import { impactOf, objectTables, type PlanStep, sqlOf, stepsOf, unconfirmed, type Way, wayTo } from './plan.js'
import { announcePublish } from './publish-signal.js'
import { setDoublesOf } from './set-doubles.js'
import {
  hashOf,
  type Layer,
  listVersions,
  newestNumber,
  readVersion,
  type StoredElement,
  type StoredVersion,
  send,
  type VersionEntry,
  writeVersion,
} from './version-store.js'

/** A change of the definitions of a workspace. */
export interface PublishChange extends Draft {
  /** Paths of what may be lost; null confirms everything. */
  readonly confirm: readonly string[] | null
  /** Refused when the present version is another one. */
  readonly expectedVersion: number | null
  readonly message: string | null
  /** What else is written in the transaction of the version. */
  readonly beside?: (client: Queryable, version: number) => Promise<void>
}

/** What a check finds: nothing is changed by it. */
export interface CheckResult {
  readonly issues: readonly Issue[]
  readonly plan: readonly PlanStep[]
  readonly sql: string
  readonly impact: readonly Mention[]
  /** In which readings the examples were run; null when they were not. */
  readonly readings: Readings | null
  /** What the rest of it is worked out from; null while something is wrong. */
  readonly decided: Decided | null
}

/** A publish that can be planned: from which version, and by which way. */
export interface Decided {
  readonly present: StoredVersion | null
  readonly before: Model
  readonly way: Way
  /** The version that one goes back to. */
  readonly back: number | null
}

/** What a publish did. */
export interface Published {
  readonly version: number
  readonly plan: readonly PlanStep[]
  /** What is still being built behind it, such as indexes. */
  readonly building: readonly Building[]
}

interface Options {
  readonly layer: Layer
  /** The version whose physical names are preferred. */
  readonly back: StoredVersion | null
}

interface Decision {
  readonly present: StoredVersion | null
  /** The model of the present version. */
  readonly before: Model
  readonly elements: readonly StoredElement[]
  readonly issues: readonly Issue[]
  readonly way: Way | null
  readonly losses: readonly Loss[]
  readonly check: CheckResult
}

const attempts = 3

/** Makes new versions of a workspace's definitions live, while people keep working. */
@Injectable()
export class Publisher {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Finisher) private readonly finisher: Finisher,
  ) {}

  /** What a publish would do, and everything that is wrong with it. */
  async check(draft: Draft, schema: string): Promise<CheckResult> {
    return (await this.decide(draft, schema, workspaceLayer)).check
  }

  /** What going back to a version would do. Throws `NOT_FOUND` when there is no such version. */
  async checkRollback(to: number, schema: string): Promise<CheckResult> {
    const { draft, options } = await this.draftOf(to, schema)
    return (await this.decide(draft, schema, options)).check
  }

  /**
   * Publishes a change: all of it or nothing.
   * Throws `VALIDATION_FAILED` with every issue and unconfirmed loss, `CONFLICT` when another version came between.
   * @param member who publishes; null for a program
   */
  publish(change: PublishChange, schema: string, member: string | null, layer: Layer = 'workspace'): Promise<Published> {
    return this.attempt(change, schema, member, { layer, back: null })
  }

  /** Publishes the definitions of an earlier version again; their columns come back with their values. */
  async rollback(to: number, confirm: readonly string[] | null, schema: string, member: string | null): Promise<Published> {
    const { draft, options } = await this.draftOf(to, schema)
    const message = `↩ ${to}`
    return this.attempt({ ...draft, confirm, expectedVersion: null, message }, schema, member, options)
  }

  /** Every version, newest first. */
  versions(schema: string): Promise<VersionEntry[]> {
    return listVersions(this.database.pool, schema)
  }

  /** The definitions of a version, the present one unless said; of one kind when it is named. Throws `NOT_FOUND`. */
  async definitions(schema: string, kind: string | null, version: number | null): Promise<readonly StoredElement[]> {
    const stored = await readVersion(this.database.pool, schema, version)
    if (!stored && version !== null) throw noVersion(version)
    return (stored?.elements ?? []).filter(element => kind === null || element.kind === kind)
  }

  /** What is still being built in a workspace. */
  building(schema: string): Promise<Building[]> {
    return this.finisher.building(schema)
  }

  private async draftOf(to: number, schema: string): Promise<{ draft: Draft; options: Options }> {
    const back = await readVersion(this.database.pool, schema, to)
    if (!back) throw noVersion(to)
    const present = await this.models.stored(schema)
    const kept = new Set(back.elements.map(elementPath))
    const remove: ElementRef[] = (present?.elements ?? []).filter(element => !kept.has(elementPath(element)))
    return { draft: { put: back.elements.map(element => element.definition), remove }, options: { layer: 'workspace', back } }
  }

  private async attempt(change: PublishChange, schema: string, member: string | null, options: Options): Promise<Published> {
    for (let attempt = 1; ; attempt++) {
      const decision = await this.decide(change, schema, options)
      const present = decision.present?.number ?? 0
      if (change.expectedVersion !== null && change.expectedVersion !== present) throw stale(present)
      const issues = [...decision.issues, ...(change.confirm ? unconfirmed(decision.losses, change.confirm) : [])]
      if (issues.length > 0 || !decision.way) throw new RequestError('VALIDATION_FAILED', issues)
      const published = await this.make(decision, decision.way, schema, {
        author: member,
        message: change.message,
        back: options.back?.number ?? null,
        beside: change.beside,
      })
      if (published) return published
      if (attempt >= attempts) throw stale(await newestNumber(this.database.pool, schema))
    }
  }

  private async decide(draft: Draft, schema: string, { layer, back }: Options): Promise<Decision> {
    const { pool } = this.database
    const present = await this.models.stored(schema)
    // PostgreSQL looks while the candidate is linked here
    const looked = Promise.all([readCatalog(pool, schema), offersOf(pool)])
    looked.catch(() => undefined) // told where it is awaited
    await sent()
    const before = this.models.modelOf(present)
    const { elements, model, issues, examples } = candidateOf(present?.elements ?? [], draft, layer)
    if (issues.length > 0 || !examples) return { present, before, elements, issues, way: null, losses: [], check: refused(issues) }
    const asked = await askPostgres(pool, model)
    const [catalog, offers] = await looked
    const has = objectTables(catalog)
    const earlier: Storage[] = [back, present].flatMap(version => (version ? [version.storage] : []))
    const way = wayTo(model, before, earlier, has, offers)
    const losses = await lossesOf(pool, schema, way.changes, before, way.model)
    const found = [
      ...asked.issues,
      ...(await doublesOf(pool, schema, way.changes, before, way.model)),
      ...(await setDoublesOf(pool, schema, before, way.model)),
    ]
    const check = {
      issues: found,
      plan: stepsOf(way.changes, losses, way.model, before),
      sql: sqlOf(way.alterations, schema),
      impact: impactOf(way.changes, before),
      readings: { examples: examples.examples, reference: examples.compared, ...asked.readings },
      decided: { present, before, way, back: back?.number ?? null },
    }
    return { present, before, elements, issues: found, way, losses, check }
  }

  /** Expands, switches, and leaves the rest to the finisher; null when another version came between. */
  private async make(
    { present, before, elements, check }: Decision,
    way: Way,
    schema: string,
    { back, beside, ...who }: Pick<PublishChange, 'message' | 'beside'> & { author: string | null; back: number | null },
  ): Promise<Published | null> {
    const number = (present?.number ?? 0) + 1
    const hash = hashOf(elements, way.storage)
    if (hash === present?.hash) return { version: present.number, plan: [], building: await this.building(schema) }
    const moves = movesOf(way.changes, before, way.model, number)
    const isMade = await expand(this.database.pool, schema, async client => {
      if ((await newestNumber(client, schema)) !== number - 1) return false
      await writeVersion(client, schema, { number, hash, ...who, storage: way.storage, elements }, present)
      await beside?.(client, number)
      if (back !== null) await bringPackagesBack(client, schema, number, back)
      await addJobs(client, schema, number, moves, fillsOf(before, way.model))
      const changed = changesOf(present?.elements ?? [], elements)
      const action = back === null ? 'published' : 'rolledBack'
      const channel = who.author === null ? 'command' : null
      await note(client, schema, {
        kind: 'metadata',
        action,
        actor: who.author,
        channel,
        data: { version: number, message: who.message, back, ...changed },
      })
      // last: from here to the commit whoever works with these tables waits
      const statements = way.alterations.filter(({ phase }) => phase === 'expand').flatMap(ddl)
      for (const statement of statements) await send(client, schema, statement)
      return true
    })
    if (!isMade) return null
    this.models.adopt(schema, { number, hash, storage: way.storage, elements }, way.model)
    await announcePublish(this.database.pool, schema)
    this.finisher.kick(schema)
    const lacking = way.alterations.filter(({ phase }) => phase === 'finish')
    return { version: number, plan: check.plan, building: await this.finisher.building(schema, lacking) }
  }
}

/** The elements that a version makes, changes and takes away. */
function changesOf(before: readonly StoredElement[], after: readonly StoredElement[]) {
  const texts = (elements: readonly StoredElement[]) => new Map(elements.map(element => [elementPath(element), element.source]))
  const [had, has] = [texts(before), texts(after)]
  return {
    put: [...has].filter(([path, text]) => had.get(path) !== text).map(([path]) => path),
    removed: [...had.keys()].filter(path => !has.has(path)),
  }
}

const refused = (issues: readonly Issue[]): CheckResult => ({ issues, plan: [], sql: '', impact: [], readings: null, decided: null })

const workspaceLayer: Options = { layer: 'workspace', back: null }

const noVersion = (version: number) => new RequestError('NOT_FOUND', [issue('VERSION_UNKNOWN', '', { version })])

const stale = (present: number) => new RequestError('CONFLICT', [issue('VERSION_STALE', '', { present })])
