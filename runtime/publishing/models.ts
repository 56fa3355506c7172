import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { type Profile, profileOf } from '@tessera/platform/access/profile.js'
import type { Element } from '@tessera/platform/definitions/index.js'
import { DefinitionError } from '@tessera/platform/errors.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { emptyStorage, type Storage, withStorage } from '@tessera/platform/tables/storage.js'
import { Database } from '../database/database.js'
import { Listener } from '../database/listener.js'
import { type KeptMap, Memory } from '../memory/memory.js'
import { publishChannel } from './publish-signal.js'
import { newestVersion, readVersion, type StoredElement, type StoredVersion } from './version-store.js'

/** The present version of a workspace, ready for use; frozen, and the same object until the next publish. */
export interface LiveModel {
  /** 0 while nothing was published. */
  readonly version: number
  /** Equal for workspaces with equal definitions and physical names. */
  readonly hash: string
  /** Fields have their physical names. */
  readonly model: Model
  readonly storage: Storage
  readonly elements: readonly Element[]
}

/** What workspaces with an equal model share. */
interface Shared {
  readonly hash: string
  readonly model: Model
  readonly storage: Storage
  readonly elements: readonly StoredElement[]
  readonly profiles: KeptMap<Profile>
  /** By the number of the version that a workspace has them under. */
  readonly lives: Map<number, LiveModel>
}

/** What is known of a workspace without its model. */
interface Kept {
  readonly number: number
  readonly hash: string
  checkedAt: number
}

/** When the database was asked, and what was doubtful by then. */
interface AskedAt {
  readonly checkedAt: number
  readonly doubts: number
}

/** After so long the database is asked again, in case that a signal was lost. */
const believedFor = 1_000
const mostWorkspaces = 20_000
/** A model takes about as much as eight times the text of its definitions, a profile of it twice. */
const ofModel = 8
const ofProfile = 2

/** The current model of each workspace, kept in memory: dropped at once after a publish here, and on the signal of one elsewhere. */
@Injectable()
export class Models implements OnModuleInit, OnModuleDestroy {
  private readonly kept = new Map<string, Kept>()
  private readonly loading = new Map<string, Promise<LiveModel>>()
  private readonly shared: KeptMap<Shared>
  private readonly sharedOf = new WeakMap<Model, Shared>()
  private readonly signal: Listener
  /** Counts what made a version doubtful: what was asked for before is not kept after it. */
  private doubts = 0

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Memory) private readonly memory: Memory,
  ) {
    this.shared = memory.map(
      shared => ofModel * textOf(shared),
      shared => shared.profiles.close(),
    )
    this.signal = new Listener(database.directUrl, publishChannel, schema => this.doubt(schema))
  }

  async onModuleInit(): Promise<void> {
    await this.signal.start()
  }

  async onModuleDestroy(): Promise<void> {
    await this.signal.stop()
  }

  /** The present model of a workspace's schema. Throws `DefinitionError` when what is stored is not sound. */
  async current(schema: string): Promise<LiveModel> {
    const live = this.atHand(schema)
    if (live) return live
    const running = this.loading.get(schema)
    if (running) return running
    const loading = this.refresh(schema).finally(() => this.loading.get(schema) === loading && this.loading.delete(schema))
    this.loading.set(schema, loading)
    return loading
  }

  /** The present model where the database need not be asked; as `current` believes it. */
  atHand(schema: string): LiveModel | undefined {
    const kept = this.kept.get(schema)
    return kept && Date.now() - kept.checkedAt < believedFor ? this.known(kept) : undefined
  }

  /** What members with these roles may see and do in a model; the same object for the same roles. */
  profile(live: LiveModel, roles: readonly string[]): Profile {
    const profiles = this.sharedOf.get(live.model)?.profiles
    const key = [...roles].sort().join()
    const known = profiles?.get(key)
    if (known) return known
    const profile = profileOf(roles, live.model)
    profiles?.set(key, profile)
    return profile
  }

  /** The newest version of a workspace as it is now, without reading the definitions of one that is kept. */
  async stored(schema: string): Promise<StoredVersion | null> {
    const { pool } = this.database
    const newest = await newestVersion(pool, schema)
    const shared = newest && this.shared.get(newest.hash)
    return shared ? { ...newest, storage: shared.storage, elements: shared.elements } : readVersion(pool, schema)
  }

  /** The model of a stored version with its physical names, as far as it links; the one in use where an equal one is. */
  modelOf(stored: StoredVersion | null): Model {
    const { elements, storage } = stored ?? nothing
    return this.shared.get(stored?.hash ?? '')?.model ?? withStorage(compileModel(elements).model, storage)
  }

  /** After a publish on this node: the next request reads the new version. Without a schema, all are read again. */
  doubt(schema: string | null): void {
    this.doubts++
    for (const [name, kept] of this.kept) if (schema === null || schema === name) kept.checkedAt = 0
    if (schema === null) this.loading.clear()
    else this.loading.delete(schema)
  }

  /** Takes a version that was just published here with its model, so that nobody reads and links it again. */
  adopt(schema: string, { number, hash, storage, elements }: StoredVersion, model: Model): void {
    this.doubt(schema)
    if (!this.shared.get(hash)) this.put({ hash, model, storage, elements: this.sameObjects(elements) })
    this.keep(schema, { number, hash, checkedAt: Date.now() })
  }

  /** Asks for no more than which version it is; definitions are read where no workspace with an equal model was here lately. */
  private async refresh(schema: string): Promise<LiveModel> {
    const asked = { checkedAt: Date.now(), doubts: this.doubts }
    const { pool } = this.database
    const newest = await newestVersion(pool, schema)
    if (!newest) {
      this.kept.delete(schema)
      return nothing
    }
    const live = this.known(newest)
    if (live) this.keepUnlessDoubted(schema, newest, asked)
    return live ?? this.read(schema, asked)
  }

  /** Reads and links a version; of those that ask for equal ones at once, each waits for the first. */
  private async read(schema: string, asked: AskedAt): Promise<LiveModel> {
    const stored = await readVersion(this.database.pool, schema)
    if (!stored) return nothing
    const { number, hash } = stored
    if (!this.shared.get(hash)) this.share(stored)
    this.keepUnlessDoubted(schema, { number, hash }, asked)
    const live = this.known({ number, hash })
    if (!live) throw new Error('A model is kept as long as it is the newest')
    return live
  }

  /** An answer that set out before a publish must not stand for what is there after it. */
  private keepUnlessDoubted(schema: string, { number, hash }: Pick<Kept, 'number' | 'hash'>, { checkedAt, doubts }: AskedAt): void {
    if (doubts === this.doubts) this.keep(schema, { number, hash, checkedAt })
  }

  private keep(schema: string, kept: Kept): void {
    // those looked at longest ago come first
    this.kept.delete(schema)
    this.kept.set(schema, kept)
    if (this.kept.size > mostWorkspaces) this.kept.delete(this.kept.keys().next().value ?? '')
  }

  /** The model of a version where it is kept; the same object for the same number and hash. */
  private known({ number, hash }: Pick<Kept, 'number' | 'hash'>): LiveModel | undefined {
    const shared = this.shared.get(hash)
    if (!shared) return undefined
    const known = shared.lives.get(number)
    if (known) return known
    const { model, storage, elements } = shared
    const live: LiveModel = Object.freeze({ version: number, hash, model, storage, elements })
    shared.lives.set(number, live)
    return live
  }

  /** Workspaces with an equal model share it, and with it profiles, schemas and plans; those with others share equal definitions. */
  private share(stored: StoredVersion): void {
    const elements = this.sameObjects(stored.elements)
    const { model, issues } = compileModel(elements)
    if (issues.length > 0) throw new DefinitionError(issues)
    const { hash, storage } = stored
    this.put({ hash, model: withStorage(model, storage), storage, elements })
  }

  private put(what: Pick<Shared, 'hash' | 'model' | 'storage' | 'elements'>): void {
    const profiles = this.memory.map<Profile>(() => ofProfile * textOf(what))
    const shared = { ...what, profiles, lives: new Map() }
    this.sharedOf.set(shared.model, shared)
    this.shared.set(shared.hash, shared)
  }

  /** The elements, and in the place of each that another model has too, that one. */
  private sameObjects(elements: readonly StoredElement[]): readonly StoredElement[] {
    const known = new Map<string, StoredElement>()
    for (const shared of this.shared.values()) for (const element of shared.elements) known.set(element.source, element)
    return elements.map(element => {
      const same = known.get(element.source)
      return same?.kind === element.kind && same.name === element.name && same.layer === element.layer ? same : element
    })
  }
}

const textOf = ({ elements }: Pick<Shared, 'elements'>): number => elements.reduce((sum, { source }) => sum + source.length, 0)

const nothing: LiveModel = Object.freeze({ version: 0, hash: '', model: compileModel([]).model, storage: emptyStorage, elements: [] })
