import { Inject } from '@nestjs/common'
import { Args, Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql'
import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { RequestError } from '../request-error.js'
import { Json } from './json.js'
import { Models } from './models.js'
import { type CheckResult, type Published, Publisher } from './publisher.js'
import { AppInfo, CheckArgs, CheckInfo, PublishArgs, PublishInfo, VersionInfo } from './publishing.types.js'
import { withoutUnseen } from './unseen-examples.js'

@Resolver()
export class PublishingResolver {
  constructor(
    @Inject(Publisher) private readonly publisher: Publisher,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => AppInfo, { description: 'The present version as the member may see it.' })
  async app(@Context('caller') asking: Caller | null): Promise<AppInfo> {
    const caller = requireCaller(asking)
    const live = await this.models.current(caller.workspace.schema)
    return { version: live.version, definitions: narrowDefinitions(live.elements, this.models.profile(live, caller.roles), caller.roles) }
  }

  @Query(() => Json, { description: 'The definitions of a version, of one kind when it is named.' })
  async definitions(
    @Args('kind', { type: () => String, nullable: true }) kind: string | null,
    @Args('version', { type: () => Int, nullable: true }) version: number | null,
    @Context('caller') caller: Caller | null,
  ): Promise<unknown> {
    const elements = await this.publisher.definitions(requireAdmin(caller).workspace.schema, kind ?? null, version ?? null)
    return elements.map(element => element.definition)
  }

  @Query(() => CheckInfo, { description: 'What a publish would do; it changes nothing.' })
  async check(@Args() { put, remove, to }: CheckArgs, @Context('caller') asking: Caller | null): Promise<CheckInfo> {
    const caller = requireAdmin(asking)
    const { schema } = caller.workspace
    const isBack = to !== undefined && to !== null
    const found = isBack
      ? await this.publisher.checkRollback(to, schema)
      : await this.publisher.check({ put: put ?? [], remove: remove ?? [] }, schema)
    return shown({ ...found, issues: await this.seenBy(caller, found.issues) }, caller)
  }

  @Mutation(() => PublishInfo)
  async publish(
    @Args() { put, remove, confirm, expectedVersion, message }: PublishArgs,
    @Context('caller') asking: Caller | null,
  ): Promise<Published> {
    const caller = requireAdmin(asking)
    const { workspace, member } = caller
    const change = {
      put: put ?? [],
      remove: remove ?? [],
      confirm: confirm ?? [],
      expectedVersion: expectedVersion ?? null,
      message: plainMessage(message),
    }
    try {
      return await this.publisher.publish(change, workspace.schema, member.id)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      throw new RequestError(error.code, await this.seenBy(caller, error.issues))
    }
  }

  /** Issues with examples of values only where the caller sees those. */
  private async seenBy({ workspace, roles }: Caller, issues: readonly Issue[]): Promise<Issue[]> {
    const live = await this.models.current(workspace.schema)
    return withoutUnseen(issues, live.model, this.models.profile(live, roles))
  }

  @Query(() => [VersionInfo], { description: 'Every published version, newest first.' })
  versions(@Context('caller') caller: Caller | null): Promise<VersionInfo[]> {
    return this.publisher.versions(requireAdmin(caller).workspace.schema)
  }

  @Mutation(() => PublishInfo, {
    description: 'Publishes the definitions of an earlier version again; without `confirm`, whatever that hides is confirmed.',
  })
  rollback(
    @Args('to', { type: () => Int }) to: number,
    @Args('confirm', { type: () => [String], nullable: true }) confirm: string[] | null,
    @Context('caller') asking: Caller | null,
  ): Promise<Published> {
    const { workspace, member } = requireAdmin(asking)
    return this.publisher.rollback(to, confirm ?? null, workspace.schema, member.id)
  }

  @Query(() => Json, { description: 'What is still being built: a list of { do, table, name, state, error }.' })
  building(@Context('caller') caller: Caller | null): Promise<unknown> {
    return this.publisher.building(requireAdmin(caller).workspace.schema)
  }
}

const longestMessage = 500

/** A message as PostgreSQL can keep it: no NUL, not too long. */
const plainMessage = (message: string | null | undefined): string | null => message?.replaceAll('\0', '').slice(0, longestMessage) || null

function shown({ issues, plan, impact, sql, readings, decided }: CheckResult, { language }: Caller): CheckInfo {
  const told = issues.map(found => {
    const { code, path, message, hint } = localizeIssue(found, language)
    return { code, path, message, hint }
  })
  return { issues: told, plan, impact, sql, readings, decided }
}
