import { Inject, Injectable } from '@nestjs/common'
import { DefinitionError, type Issue, issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import type { Caller } from '../access/caller.js'
import { listMembers } from '../access/members.js'
import { Database } from '../database/database.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { MemberChanges } from './member-changes.js'
import type { MoveRule, OffboardArgs, OffboardingInfo, OwnedInfo } from './members.types.js'
import { fieldOf, Offboarder } from './offboarder.js'
import { addOffboarding, listOffboardings, type Move } from './offboarding-jobs.js'

const owner = 'owner'
const mostRules = 200

/** Lets somebody out and orders that their records move. */
@Injectable()
export class Offboardings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(MemberChanges) private readonly changes: MemberChanges,
    @Inject(Offboarder) private readonly offboarder: Offboarder,
  ) {}

  /**
   * Ends everything a member is signed in with, and begins to move what they own. Throws `VALIDATION_FAILED` with all issues, `NOT_FOUND`,
   * `CONFLICT` when nobody would be admin any more.
   */
  async begin(caller: Caller, { member, to, rules }: OffboardArgs): Promise<OffboardingInfo> {
    if (member.toLowerCase() === caller.member.id) throw new RequestError('FORBIDDEN', [issue('MEMBER_SELF', 'member')])
    const { model } = await this.models.current(caller.workspace.schema)
    const issues = await this.check(caller, model, { member, to: to ?? null, rules: rules ?? [] })
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    await this.changes.change(caller, { id: member, active: false })
    const id = await addOffboarding(this.database.pool, caller.workspace.schema, {
      member: member.toLowerCase(),
      by: caller.member,
      moves: movesOf(model, rules ?? [], to ?? null),
    })
    this.offboarder.kick(caller.workspace.schema)
    return { id, member, state: 'waiting', done: 0, total: null, left: 0, error: null }
  }

  /** How many live records of each object somebody owns; those of which there are none are left out. */
  async owned(caller: Caller, asked: string): Promise<OwnedInfo[]> {
    const members = await listMembers(this.database, caller.workspace.slug)
    const member = members.find(({ id }) => id === asked.toLowerCase())
    if (!member) throw new RequestError('NOT_FOUND', [issue('MEMBER_UNKNOWN', 'member')])
    const context = await this.offboarder.contextOf(caller.workspace.schema, caller.member)
    const owned: OwnedInfo[] = []
    for (const object of Object.values(context.model.objects).filter(({ hasOwner }) => hasOwner)) {
      const move = { object: object.name, field: owner, when: null, to: member.id }
      const count = await this.offboarder.count(context, member.id, move)
      if (count > 0) owned.push({ object: object.name, count })
    }
    return owned
  }

  /** The newest offboardings of the workspace, and how far they have come. */
  async list(caller: Caller, member: string | null): Promise<OffboardingInfo[]> {
    const jobs = await listOffboardings(this.database.pool, caller.workspace.schema, member?.replaceAll('\u0000', '') ?? null)
    return jobs.map(({ id, state, data, progress, error }) => ({
      id,
      member: data.member,
      state,
      done: progress?.done ?? 0,
      total: progress?.total ?? null,
      left: progress?.left ?? 0,
      error,
    }))
  }

  private async check(
    caller: Caller,
    model: Model,
    { member, to, rules }: { readonly member: string; readonly to: string | null; readonly rules: readonly MoveRule[] },
  ): Promise<Issue[]> {
    const members = await listMembers(this.database, caller.workspace.slug)
    const heir = (id: string, path: string): Issue[] => {
      const found = members.find(each => each.id === id.toLowerCase())
      if (!found) return [issue('MEMBER_UNKNOWN', path)]
      return found.active && found.id !== member.toLowerCase() ? [] : [issue('MEMBER_LEFT', path)]
    }
    if (rules.length > mostRules) return [issue('SETTING_INVALID', 'rules', { value: String(rules.length), expected: `0–${mostRules}` })]
    const context = await this.offboarder.contextOf(caller.workspace.schema, caller.member)
    const found = [...(to === null ? [] : heir(to, 'to'))]
    for (const [index, rule] of rules.entries()) {
      const path = `rules/${index}`
      found.push(...heir(rule.to, `${path}/to`))
      const move = moveOf(rule)
      if (!fieldOf(model, move)) {
        found.push(issue('SETTING_INVALID', `${path}/object`, { value: `${rule.object}.${move.field}`, expected: 'object.owner' }))
        continue
      }
      const wrong = await this.offboarder.count(context, caller.member.id, move).then(
        () => [],
        (error: unknown) => {
          if (error instanceof DefinitionError) return error.issues
          throw error
        },
      )
      found.push(...wrong.map(each => ({ ...each, path: `${path}/when` })))
    }
    return found
  }
}

const moveOf = ({ object, field, when, to }: MoveRule): Move => ({
  object,
  field: field ?? owner,
  when: when ?? null,
  to: to.toLowerCase(),
})

/** The rules in their order, then everything that is left of what the member owns. */
function movesOf(model: Model, rules: readonly MoveRule[], to: string | null): Move[] {
  const objects = to === null ? [] : Object.values(model.objects).filter(object => object.hasOwner)
  return [...rules.map(moveOf), ...objects.map(object => ({ object: object.name, field: owner, when: null, to: to?.toLowerCase() ?? '' }))]
}
