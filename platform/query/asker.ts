import { Slot } from '../sql/sql.js'

/** Who asks and when, as parameters. */
export const asker = {
  member: new Slot(env => env.context.member ?? null),
  memberName: new Slot(env => env.context.memberName ?? null),
  memberEmail: new Slot(env => env.context.memberEmail ?? null),
  now: new Slot(env => env.context.now),
  today: new Slot(env => env.context.today),
  timeZone: new Slot(env => env.context.timeZone),
  currency: new Slot(env => env.context.currency),
} as const
