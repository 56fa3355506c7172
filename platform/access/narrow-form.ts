import type { FormDefinition } from '../definitions/form.js'
import type { Seen } from './narrow-states.js'

const rules = ['visibleWhen', 'requiredWhen', 'readOnlyWhen'] as const

/**
 * A form without the fields and rules that somebody may not see; null where it is for other roles, or where what it is used for is hidden.
 * @param roles the names of the roles they hold
 */
export function narrowForm(form: FormDefinition, roles: readonly string[], { isNamed, isVisible }: Seen): FormDefinition | null {
  const held = form.roles?.filter(role => roles.includes(role))
  if (held?.length === 0 || (form.when !== undefined && !isVisible([form.when]))) return null
  const withSeenRules = <T extends object>(part: T): T => {
    const hidden: readonly string[] = rules.filter(
      rule => Object.hasOwn(part, rule) && !isVisible([(part as Record<string, unknown>)[rule]]),
    )
    return hidden.length === 0 ? part : (Object.fromEntries(Object.entries(part).filter(([key]) => !hidden.includes(key))) as T)
  }
  const sections = form.sections.map(section => ({
    ...withSeenRules(section),
    fields: section.fields
      .filter(placed => isNamed(typeof placed === 'string' ? placed : placed.field))
      .map(placed => (typeof placed === 'string' ? placed : withSeenRules(placed))),
  }))
  return {
    ...form,
    ...(held ? { roles: held } : {}),
    // a section that had nothing placed is a text
    sections: sections.filter(({ fields }, index) => fields.length > 0 || form.sections[index]?.fields.length === 0),
    ...(form.quick ? { quick: form.quick.filter(isNamed) } : {}),
  }
}
