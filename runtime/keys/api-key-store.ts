import { Inject, Injectable } from '@nestjs/common'
import type { Profile } from '@tessera/platform/access/profile.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { isStorable, serviceAccounts } from '../access/accounts.js'
import { createApiKey } from '../access/api-keys.js'
import type { Caller, KeyLimits } from '../access/caller.js'
import { isNetwork } from '../access/networks.js'
import { WhoAsks } from '../access/who-asks.js'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { ApiKey } from '../database/entities/api-key.js'
import { rowsIn } from '../database/rows-in.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import type { ApiKeyInfo, CreateApiKeyArgs, KeyObjectInput } from './keys.types.js'

interface OwnerRow {
  readonly account_id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly service: boolean
}

const mostKeys = 200
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Makes, lists and ends the API keys of a workspace. */
@Injectable()
export class ApiKeyStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  private get keys() {
    return this.database.source.getRepository(ApiKey)
  }

  /** The keys that act as the caller; for an admin all of the workspace. */
  async list(caller: Caller): Promise<ApiKeyInfo[]> {
    const own = caller.isAdmin ? {} : { accountId: caller.account.id }
    const keys = await this.keys.find({ where: { workspaceId: caller.workspace.id, ...own }, order: { createdAt: 'DESC' } })
    const names = new Map((await this.owners(caller, null)).map(({ account_id: id, name }) => [id, name]))
    return keys.map(key => ({
      ...key,
      owner: names.get(key.accountId) ?? '',
      own: key.accountId === caller.account.id,
      objects: key.objects && Object.entries(key.objects).map(([object, fields]) => ({ object, fields })),
    }))
  }

  /** Makes a key and gives its token. Throws `VALIDATION_FAILED` with all issues, `FORBIDDEN` for a key that acts as another person. */
  async create(caller: Caller, asked: CreateApiKeyArgs): Promise<string> {
    const owner = await this.ownerOf(caller, asked.member ?? caller.member.id)
    const live = await this.models.current(caller.workspace.schema)
    const issues = issuesOf(asked, this.models.profile(live, [...owner.roles]))
    if ((await this.keys.countBy({ workspaceId: caller.workspace.id, accountId: owner.account_id })) >= mostKeys)
      issues.push(issue('KEYS_TOO_MANY', 'name', { most: mostKeys }))
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    return createApiKey(this.database, {
      accountId: owner.account_id,
      workspaceId: caller.workspace.id,
      name: asked.name.trim(),
      expiresAt: asked.expiresAt ?? null,
      createdBy: caller.account.id,
      limits: { objects: asked.objects ? limitsOf(asked.objects) : null, mayWrite: asked.mayWrite },
      addresses: asked.addresses ?? [],
    })
  }

  /** Ends a key of the caller, for an admin any of the workspace; false when there is none of this id. */
  async revoke(caller: Caller, id: string): Promise<boolean> {
    if (!uuid.test(id)) return false
    const own = caller.isAdmin ? {} : { accountId: caller.account.id }
    const isGone = await this.database.source.transaction(async manager => {
      const { affected } = await manager.delete(ApiKey, { id, workspaceId: caller.workspace.id, ...own })
      if (affected === 1) await noteBy(manager, caller, { kind: 'key', action: 'revoked', data: { key: id } })
      return affected === 1
    })
    this.whoAsks.forget()
    return isGone
  }

  /** A key acts as the caller, or for an admin as a service account: never as another person. */
  private async ownerOf(caller: Caller, member: string): Promise<OwnerRow> {
    const [owner] = uuid.test(member) ? await this.owners(caller, member) : []
    const isAllowed = owner && (owner.account_id === caller.account.id || (owner.service && caller.isAdmin))
    if (!isAllowed) throw new RequestError('FORBIDDEN', [issue('KEY_OF_ANOTHER', 'member')])
    return owner
  }

  private async owners({ workspace }: Caller, member: string | null): Promise<OwnerRow[]> {
    const owners = await rowsIn<Omit<OwnerRow, 'service'>>(
      this.database.pool,
      workspace.schema,
      sql`select account_id, name, roles from ${workspaceTable('_member')} where ${member}::uuid is null or (id = ${member}::uuid and active)`,
    )
    const services = await serviceAccounts(
      this.database.pool,
      owners.map(({ account_id: account }) => account),
    )
    return owners.map(owner => ({ ...owner, service: services.has(owner.account_id) }))
  }
}

const limitsOf = (objects: readonly KeyObjectInput[]): NonNullable<KeyLimits['objects']> =>
  Object.fromEntries(objects.map(({ object, fields }) => [object, fields ?? null]))

function issuesOf({ name, expiresAt, objects, addresses }: CreateApiKeyArgs, profile: Profile): Issue[] {
  const isNamed = name.trim() !== '' && name.length <= 100 && isStorable(name)
  return [
    ...(isNamed ? [] : [issue('SETTING_INVALID', 'name', { value: name.replaceAll('\u0000', ''), expected: '1–100' })]),
    ...(expiresAt && !(expiresAt.getTime() > Date.now())
      ? [
          issue('SETTING_INVALID', 'expiresAt', {
            value: Number.isNaN(expiresAt.getTime()) ? '' : expiresAt.toISOString(),
            expected: '> now',
          }),
        ]
      : []),
    ...(objects ?? []).flatMap((each, index) => unknownIn(each, profile, `objects/${index}`)),
    ...(addresses ?? [])
      .map((address, index) => [address, index] as const)
      .filter(([address]) => !isNetwork(address))
      .map(([address, index]) => issue('SETTING_INVALID', `addresses/${index}`, { value: address, expected: '10.0.0.0/8' })),
  ]
}

function unknownIn({ object, fields }: KeyObjectInput, { model }: Profile, path: string): Issue[] {
  const found = lookup(model.objects, object)
  if (!found) return [issue('SETTING_INVALID', `${path}/object`, { value: object, expected: Object.keys(model.objects).join(', ') })]
  const expected = Object.keys(found.fields).join(', ')
  return (fields ?? []).flatMap((value, index) =>
    Object.hasOwn(found.fields, value) ? [] : [issue('SETTING_INVALID', `${path}/fields/${index}`, { value, expected })],
  )
}
