import { Inject, Injectable } from '@nestjs/common'
import type { AppDefinition } from '@tessera/platform/definitions/app.js'
import { canonical } from '@tessera/platform/definitions/canonical.js'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import { installed, removed, upgraded } from '@tessera/platform/editing/layers.js'
import type { Conflict, Merged } from '@tessera/platform/editing/three-way.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { inTransaction } from '../database/transaction.js'
import type { Draft } from '../publishing/candidate.js'
import { forgetPackage, type InstalledPackage, keepPackage, listPackages, type PackageFile } from '../publishing/package-store.js'
import { type CheckResult, type Published, Publisher } from '../publishing/publisher.js'
import { newestNumber } from '../publishing/version-store.js'
import { RequestError } from '../request-error.js'
import { packageOf, shippedPackages } from './package-file.js'

/** A package that a workspace has or could have. */
export interface PackageState {
  readonly name: string
  readonly label: Label
  readonly description: Label | null
  /** The version that the workspace has; null when it has none. */
  readonly installed: string | null
  /** The version that comes with the product; null for packages from elsewhere. */
  readonly shipped: string | null
  /** The app that the workspace began with, which cannot be taken away. */
  readonly isBase: boolean
  readonly installedAt: string | null
}

/** What stands at one conflict: a side, or a value of one's own. */
export interface Settled {
  readonly path: string
  readonly at: readonly string[]
  readonly isOrder: boolean
  readonly take: 'theirs' | 'mine' | 'value'
  readonly value?: unknown
}

/** What is asked of a package. */
export interface PackageDeed {
  /** The definitions of a package, its `app` among them; null takes those that come with the product. */
  readonly package: readonly unknown[] | null
  readonly name: string | null
  readonly settled: readonly Settled[]
}

/** What a deed would do, and what both the package and the workspace say. */
export interface PackageCheck extends CheckResult {
  readonly conflicts: readonly Conflict[]
}

interface Plan {
  readonly draft: Draft
  readonly base: number
  readonly conflicts: readonly Conflict[]
  /** Those of the conflicts that nobody settled. */
  readonly open: readonly Conflict[]
  readonly layer: string
  readonly keep: (client: Queryable, number: number) => Promise<void>
}

/** Packages of a workspace: laid over its definitions, brought to another version by a three-way merge, taken away again. */
@Injectable()
export class Packages {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  /** What the workspace has, and what comes with the product. */
  async list(schema: string): Promise<PackageState[]> {
    const [had, shipped] = [await listPackages(this.database.pool, schema), shippedPackages()]
    const app = (await this.present(schema)).elements.app?.name
    const names = [...new Set([...had, ...shipped].map(({ manifest }) => manifest.app))]
    return names.flatMap(name => {
      const [own, offered] = [had, shipped].map(list => list.find(({ manifest }) => manifest.app === name))
      const manifest = (own ?? offered)?.manifest
      return manifest ? [stateOf(manifest, own as InstalledPackage | undefined, offered, name === app)] : []
    })
  }

  /** What putting a package in, or bringing it to another version, would do. Throws every issue of the package itself. */
  async checkInstall(deed: PackageDeed, schema: string): Promise<PackageCheck> {
    return this.told(await this.planInstall(deed, schema), schema)
  }

  /** What taking a package away would do. Throws `NOT_FOUND` for one that the workspace has not got. */
  async checkRemoval(name: string, settled: readonly Settled[], schema: string): Promise<PackageCheck> {
    return this.told(await this.planRemoval(name, settled, schema), schema)
  }

  /**
   * Puts a package in, or brings it to another version, as one publish.
   * Throws as `Publisher.publish` does, and `VALIDATION_FAILED` for each conflict that is not settled.
   */
  async install(deed: PackageDeed, confirm: readonly string[], schema: string, member: string | null): Promise<Published> {
    return this.run(await this.planInstall(deed, schema), confirm, schema, member)
  }

  /** Takes a package away as one publish: what it brought goes, what others brought or the workspace made stays. */
  async remove(
    name: string,
    settled: readonly Settled[],
    confirm: readonly string[],
    schema: string,
    member: string | null,
  ): Promise<Published> {
    return this.run(await this.planRemoval(name, settled, schema), confirm, schema, member)
  }

  private async told({ draft, conflicts }: Plan, schema: string): Promise<PackageCheck> {
    return { ...(await this.publisher.check(draft, schema)), conflicts }
  }

  private async run(
    { draft, base, open, layer, keep }: Plan,
    confirm: readonly string[],
    schema: string,
    member: string | null,
  ): Promise<Published> {
    if (open.length > 0) throw new RequestError('VALIDATION_FAILED', open.map(unsettled))
    if (draft.put.length === 0 && draft.remove.length === 0) {
      await inTransaction(this.database.pool, client => keep(client, base))
      return { version: base, plan: [], building: [] }
    }
    const change = { ...draft, confirm, expectedVersion: base, message: layer, beside: keep }
    return this.publisher.publish(change, schema, member, layer)
  }

  private async planInstall({ package: definitions, name, settled }: PackageDeed, schema: string): Promise<Plan> {
    const file = definitions ? readOf(definitions) : shippedOf(name ?? '')
    const { elements: present, version } = await this.present(schema)
    const known = (await listPackages(this.database.pool, schema)).find(({ manifest }) => manifest.app === file.manifest.app)
    const brings = withApp(file, present)
    const asked = deciding(settled, 'mine')
    const merged = known ? upgraded(present, withApp(known, present), brings, asked.decide) : installed(present, brings, asked.decide)
    return {
      ...planOf(present, merged, version, asked.open),
      layer: file.manifest.app,
      keep: (client, number) => keepPackage(client, schema, number, file),
    }
  }

  private async planRemoval(name: string, settled: readonly Settled[], schema: string): Promise<Plan> {
    const { elements: present, version } = await this.present(schema)
    const known = (await listPackages(this.database.pool, schema)).find(({ manifest }) => manifest.app === name)
    if (!known || present.app?.name === name) throw new RequestError('NOT_FOUND', [issue('PACKAGE_UNKNOWN', 'name', { name })])
    const asked = deciding(settled, 'theirs')
    return {
      ...planOf(present, removed(present, known.elements, asked.decide), version, []),
      layer: name,
      keep: (client, number) => forgetPackage(client, schema, number, name),
    }
  }

  private async present(schema: string): Promise<{ elements: Elements; version: number }> {
    const version = await newestNumber(this.database.pool, schema)
    const stored = await this.publisher.definitions(schema, null, version === 0 ? null : version)
    return { elements: elementsOf(stored.map(({ definition }) => definition)), version }
  }
}

const stateOf = (
  { app, label, description }: AppDefinition,
  own: InstalledPackage | undefined,
  offered: PackageFile | undefined,
  isBase: boolean,
): PackageState => ({
  name: app,
  label,
  description: description ?? null,
  installed: own ? (own.manifest.version ?? '0.0.0') : null,
  shipped: offered ? (offered.manifest.version ?? '0.0.0') : null,
  isBase,
  installedAt: own?.installedAt ?? null,
})

function readOf(definitions: readonly unknown[]): PackageFile {
  const { file, issues } = packageOf(definitions)
  if (!file) throw new RequestError('VALIDATION_FAILED', issues)
  return file
}

function shippedOf(name: string): PackageFile {
  const file = shippedPackages().find(({ manifest }) => manifest.app === name)
  if (!file) throw new RequestError('NOT_FOUND', [issue('PACKAGE_UNKNOWN', 'name', { name })])
  return file
}

/** The definitions of a package; of the app that the workspace is, that of the app too. */
function withApp({ manifest, elements }: PackageFile, present: Elements): Elements {
  if (present.app?.name !== manifest.app) return elements
  return { ...elements, app: { kind: 'app', name: manifest.app, definition: manifest } }
}

const keyOf = ({ path, at, isOrder }: Pick<Conflict, 'path' | 'at' | 'isOrder'>): string => JSON.stringify([path, at, isOrder])

const sides: ReadonlySet<string> = new Set(['theirs', 'mine', 'value'])

const misasked = (path: string): Issue =>
  issue('INPUT_INVALID', path, { problem: { en: 'Allowed here: theirs, mine, value.', 'zh-CN': '此处允许：theirs、mine、value。' } })

/** Decides conflicts as they were settled, the others for one side; those are remembered. */
function deciding(settled: readonly Settled[], otherwise: 'mine' | 'theirs') {
  const strange = settled.flatMap(({ take }, at) => (sides.has(take) ? [] : [misasked(`settled/${at}/take`)]))
  if (strange.length > 0) throw new RequestError('BAD_REQUEST', strange)
  const known = new Map(settled.map(one => [keyOf(one), one]))
  const open: Conflict[] = []
  const decide = (conflict: Conflict): unknown => {
    const one = known.get(keyOf(conflict))
    if (!one) open.push(conflict)
    return one?.take === 'value' ? one.value : conflict[one?.take ?? otherwise]
  }
  return { decide, open }
}

/** The way from the definitions that are there to those that came of a merge. */
function planOf(present: Elements, { elements, conflicts }: Merged, base: number, open: readonly Conflict[]) {
  const isOther = ([path, { definition }]: [string, Elements[string]]) => {
    const before = lookup(present, path)
    return before === undefined || canonical(before.definition) !== canonical(definition)
  }
  const put = Object.entries(elements)
    .filter(isOther)
    .map(([, { definition }]) => definition)
  const remove = Object.entries(present).flatMap(([path, { kind, name }]) => (Object.hasOwn(elements, path) ? [] : [{ kind, name }]))
  return { draft: { put, remove }, base, conflicts, open }
}

const unsettled = ({ path, at }: Conflict): Issue => issue('PACKAGE_CONFLICT', [path, ...at].join('/'))
