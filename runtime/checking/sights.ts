import { conditionOf, type Profile, profileOf } from '@tessera/platform/access/profile.js'
import { type RoleSight, roleSights, sightsOf } from '@tessera/platform/access/sight.js'
import type { Label } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { from, queryContext, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { integer, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Directory } from '../access/directory.js'
import { type HeldRoles, heldRoles, rolesOf } from '../access/held-roles.js'
import type { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import { type RequestContext, slotsOf } from '../graphql/request-context.js'
import type { Decided } from '../publishing/publisher.js'
import { askWithin, Patience, type Unchecked } from './within-time.js'

/** So many members of a role are looked at, so many questions are asked in all, and so many records each. */
const mostPeople = 3
const mostAsked = 24
const mostLooked = 20_000

/** What somebody sees more or less of. */
export interface PersonSight {
  readonly name: string
  readonly gained: number
  readonly lost: number
  /** So many records were looked at, where that were not all. */
  readonly looked: number | null
  readonly unchecked: Unchecked | null
}

/** What a role lets see and do differently, and what that comes to for some of its members. */
export interface Sight extends Omit<RoleSight, 'fieldsGained' | 'fieldsLost'> {
  readonly label: Label
  readonly members: number
  readonly title: Label
  readonly fieldsGained: readonly Label[]
  readonly fieldsLost: readonly Label[]
  readonly people: readonly PersonSight[]
}

interface Person extends HeldRoles {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly [column: string]: unknown
}

/** Who gains or loses sight of what by a publish: by role, and counted for a few of its members, up to a bound and for a while. */
export async function sightsBy(
  { before, way }: Decided,
  database: Database,
  directory: Directory,
  context: RequestContext,
): Promise<Sight[]> {
  const changes = roleSights(before, way.model)
  if (changes.length === 0) return []
  const people = await rowsIn<Person>(
    database.pool,
    context.caller.workspace.schema,
    sql`select m.id, m.name, m.email, ${heldRoles} from ${workspaceTable('_member')} m where m.active order by m.name, m.id limit 5000`,
  )
  const looking = new Looking({ before, way }, database, directory, context)
  const found: Sight[] = []
  for (const change of changes) {
    const holders = people.filter(person => rolesOf(person).includes(change.role))
    const object = way.model.objects[change.object]
    const labels = (names: readonly string[]) => names.map(name => object?.fields[name]?.label ?? name)
    const told: PersonSight[] = []
    if (change.read !== 'same' && object)
      for (const person of holders.slice(0, mostPeople)) told.push(...(await looking.at(person, object)))
    const role = lookup(way.model.roles, change.role) ?? lookup(before.roles, change.role)
    found.push({
      ...change,
      label: role?.definition.label ?? change.role,
      members: holders.length,
      title: object?.label ?? change.object,
      fieldsGained: labels(change.fieldsGained),
      fieldsLost: labels(change.fieldsLost),
      people: told,
    })
  }
  return found
}

/** Looks at records with the eyes of members, before and after. */
class Looking {
  private readonly patience = new Patience(10_000)
  private readonly profiles = new Map<string, readonly [Profile, Profile]>()
  private asked = 0

  constructor(
    private readonly models: Pick<Decided, 'before' | 'way'>,
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly context: RequestContext,
  ) {}

  /** What a member sees more and less of an object; nothing when their other roles make up for the change. */
  async at(person: Person, object: ObjectModel): Promise<PersonSight[]> {
    const { before, way } = this.models
    const [had, has] = this.profilesOf(rolesOf(person))
    const isSame = sightsOf(before, had, way.model, has).every(({ object: of, read }) => of !== object.name || read === 'same')
    if (isSame) return []
    const told = { name: person.name, gained: 0, lost: 0, looked: null, unchecked: null }
    if (!this.mayCount(object)) return [{ ...told, unchecked: 'hidden' }]
    if (this.asked++ >= mostAsked) return [{ ...told, unchecked: 'slow' }]
    const { caller } = this.context
    const reach = await this.directory.reachOf(caller.workspace.schema, person.id)
    const slots = slotsOf({ ...this.context, caller: { ...caller, member: person, reach } })
    const answer = await askWithin<{ gained: number; lost: number; looked: number }>(
      this.database,
      caller.workspace.schema,
      sql`select count(*) filter (where has and not had)::int as gained, count(*) filter (where had and not has)::int as lost, count(*)::int as looked
        from (select ${this.seen(object, before, had)} as had, ${this.seen(object, way.model, has)} as has
          from (select t.* from ${from(object, 't')} where t.deleted_at is null order by t.id limit ${integer(mostLooked + 1)}) t) looked`,
      slots,
      this.patience.left(2_000),
    )
    if ('unchecked' in answer) return [{ ...told, unchecked: answer.unchecked }]
    const { gained = 0, lost = 0, looked = 0 } = answer.rows[0] ?? {}
    return [{ ...told, gained, lost, looked: looked > mostLooked ? mostLooked : null }]
  }

  private seen({ table }: ObjectModel, model: Model, profile: Profile) {
    const object = Object.values(profile.model.objects).find(one => one.table === table)
    const whole = object && lookup(model.objects, object.name)
    if (!whole) return sql`false`
    return sql`coalesce(${visible(whole, 't', queryContext(model, profile.conditions, profile.model))}, false)`
  }

  private profilesOf(roles: readonly string[]): readonly [Profile, Profile] {
    const key = roles.join()
    const { before, way } = this.models
    const known = this.profiles.get(key) ?? ([profileOf(roles, before), profileOf(roles, way.model)] as const)
    this.profiles.set(key, known)
    return known
  }

  /** A number of records is told only to who sees all of them. */
  private mayCount({ table }: ObjectModel): boolean {
    const { live, profile } = this.context
    const object = Object.values(live.model.objects).find(one => one.table === table)
    return object !== undefined && conditionOf(profile, 'read', object.name) === null
  }
}
