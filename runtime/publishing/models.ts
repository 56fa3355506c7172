import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { type Profile, profileOf } from '@tessera/platform/access/profile.js'
import type { Element } from '@tessera/platform/definitions/index.js'
import { DefinitionError } from '@tessera/platform/errors.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { emptyStorage, type Storage, withStorage } from '@tessera/platform/tables/storage.js'
import { Database } from '../database/database.js'
import { Listener } from '../database/listener.js'
import { publishChannel } from './publish-signal.js'
import { newestNumber, readVersion, type StoredVersion } from './version-store.js'

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

interface Kept {
  readonly live: LiveModel
  checkedAt: number
}

/** After so long the database is asked again, in case that a signal was lost. */
const believedFor = 1_000
const mostModels = 500
const mostProfiles = 2_000

/** The current model of each workspace, kept in memory: dropped at once after a publish here, and on the signal of one elsewhere. */
@Injectable()
export class Models implements OnModuleInit, OnModuleDestroy {
  private readonly kept = new Map<string, Kept>()
  private readonly loading = new Map<string, Promise<LiveModel>>()
  private readonly profiles = new WeakMap<Model, Map<string, Profile>>()
  private readonly signal: Listener

  constructor(@Inject(Database) private readonly database: Database) {
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
    const kept = this.kept.get(schema)
    if (kept && Date.now() - kept.checkedAt < believedFor) return kept.live
    const running = this.loading.get(schema)
    if (running) return running
    const loading = this.refresh(schema, kept).finally(() => this.loading.get(schema) === loading && this.loading.delete(schema))
    this.loading.set(schema, loading)
    return loading
  }

  /** What members with these roles may see and do in a model; the same object for the same roles. */
  profile(live: LiveModel, roles: readonly string[]): Profile {
    const profiles = this.profiles.get(live.model) ?? new Map<string, Profile>()
    this.profiles.set(live.model, profiles)
    const key = [...roles].sort().join()
    const known = profiles.get(key)
    if (known) return known
    const profile = profileOf(roles, live.model)
    if (profiles.size >= mostProfiles) profiles.clear()
    profiles.set(key, profile)
    return profile
  }

  /** The model of a stored version with its physical names, as far as it links; the one in use where an equal one is. */
  modelOf(stored: StoredVersion | null): Model {
    const { elements, storage } = stored ?? nothing
    return this.equal(stored)?.model ?? withStorage(compileModel(elements).model, storage)
  }

  /** After a publish on this node: the next request reads the new version. Without a schema, all are read again. */
  doubt(schema: string | null): void {
    for (const [name, kept] of this.kept) if (schema === null || schema === name) kept.checkedAt = 0
    if (schema === null) this.loading.clear()
    else this.loading.delete(schema)
  }

  private async refresh(schema: string, kept: Kept | undefined): Promise<LiveModel> {
    const checkedAt = Date.now()
    if (kept && (await newestNumber(this.database.pool, schema)) === kept.live.version) {
      kept.checkedAt = checkedAt
      return kept.live
    }
    const live = this.linked(await readVersion(this.database.pool, schema))
    if (this.kept.size >= mostModels) this.kept.delete(this.kept.keys().next().value ?? '')
    this.kept.set(schema, { live, checkedAt })
    return live
  }

  private equal(stored: StoredVersion | null): LiveModel | undefined {
    for (const { live } of this.kept.values()) if (live.hash === stored?.hash) return live
    return undefined
  }

  /** Workspaces with an equal model share it, and with it profiles, schemas and plans. */
  private linked(stored: StoredVersion | null): LiveModel {
    if (!stored) return nothing
    const equal = this.equal(stored)
    if (equal) return Object.freeze({ ...equal, version: stored.number })
    const { model, issues } = compileModel(stored.elements)
    if (issues.length > 0) throw new DefinitionError(issues)
    const { number: version, hash, storage, elements } = stored
    return Object.freeze({ version, hash, model: withStorage(model, storage), storage, elements })
  }
}

const nothing: LiveModel = Object.freeze({ version: 0, hash: '', model: compileModel([]).model, storage: emptyStorage, elements: [] })
