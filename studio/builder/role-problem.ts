import type { RoleDefinition } from '@tessera/platform/definitions/role.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useWorkshop } from './workshop.js'

/** What is wrong at a place of what a role says of an object. */
export function useRoleProblem({ role, object }: { readonly role: RoleDefinition; readonly object: ObjectModel }) {
  const { issues } = useWorkshop()
  return (part: 'grants' | 'restrict', property: string): string | undefined => {
    const found = issues.find(({ path }) => `${path}/`.startsWith(`roles/${role.role}/${part}/${object.name}/${property}/`))
    return found && [found.message, found.hint].filter(text => text).join(' ')
  }
}
