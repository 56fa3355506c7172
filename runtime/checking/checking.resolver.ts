import { Inject } from '@nestjs/common'
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { labelOf } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin } from '../access/require.js'
import { Database } from '../database/database.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { findRuleBreaks } from '../records/rule-breaks.js'
import { RequestError } from '../request-error.js'
import { RuleBreaksInfo } from './checking.types.js'

const mostRecords = 10_000

@Resolver()
export class CheckingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => RuleBreaksInfo, {
    description:
      'Which records of an object break its validation rules as they are now, of a page of those that the caller sees, in the order of their ids. For admins.',
  })
  async ruleBreaks(
    @Args('object', { type: () => String }) object: string,
    @Args('first', { type: () => Int, defaultValue: 2_000, description: `How many records are looked at; at most ${mostRecords}.` })
    first: number,
    @Args('after', { type: () => ID, nullable: true }) after: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<RuleBreaksInfo> {
    const caller = requireAdmin(asking)
    const live = await this.models.current(caller.workspace.schema)
    const profile = this.models.profile(live, caller.roles)
    const target = lookup(profile.model.objects, object) && lookup(live.model.objects, object)
    if (!target) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object, suggestion: '' })])
    if (first < 1 || first > mostRecords) throw misasked('first', `1–${mostRecords}`)
    if (after !== null && after !== undefined && !isId(after)) throw misasked('after', 'ID')
    const found = await findRuleBreaks(
      this.database.pool,
      target,
      after ?? null,
      first,
      writeContext({ caller, live, profile }, new Date()),
    )
    const rules = found.rules.map(({ rule, unaskable, count, ids }) => ({
      rule: rule.name,
      message: labelOf(rule.message, caller.language),
      severity: rule.isWarning ? 'warning' : 'error',
      unchecked: unaskable,
      count,
      ids: [...ids],
    }))
    return { ...found, rules }
  }
}

const misasked = (path: string, allowed: string) =>
  new RequestError('BAD_REQUEST', [
    issue('INPUT_INVALID', path, { problem: { en: `Allowed here: ${allowed}.`, 'zh-CN': `此处允许：${allowed}。` } }),
  ])
