import { Inject, Injectable } from '@nestjs/common'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { Caller } from '../access/caller.js'
import { Models } from '../publishing/models.js'

/** Which roles members of a workspace can have. */
@Injectable()
export class Roles {
  constructor(@Inject(Models) private readonly models: Models) {}

  /** Issues of roles that a member is to have: at least one, and only such as are published. */
  async check(caller: Caller, roles: readonly string[]): Promise<Issue[]> {
    const { model } = await this.models.current(caller.workspace.schema)
    const expected = Object.keys(model.roles).join(', ')
    if (roles.length === 0) return [issue('SETTING_INVALID', 'roles', { value: '', expected })]
    return roles.filter(role => !Object.hasOwn(model.roles, role)).map(value => issue('SETTING_INVALID', 'roles', { value, expected }))
  }
}
