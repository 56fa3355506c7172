import { useApp, useLabel } from '../api/app.js'

/** The roles of the workspace to choose from. */
export function useRoleOptions(): { value: string; label: string }[] {
  const label = useLabel()
  const { model } = useApp()
  return Object.values(model.roles).map(role => ({ value: role.name, label: label(role.definition.label) || role.name }))
}
