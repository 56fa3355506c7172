import type { FieldDefinition, OptionDefinition } from '../fields/definition.js'
import type { TransitionDefinition } from '../fields/states-shape.js'

/** What somebody may see of an object: fields and children by name, and rules that read nothing else. */
export interface Seen {
  readonly isNamed: (name: string) => boolean
  readonly isVisible: (rules: readonly unknown[]) => boolean
}

/** A field with states without the fields and rules that somebody may not see; the server knows them all. */
export function narrowStates(field: FieldDefinition, seen: Seen): FieldDefinition {
  const { states, options } = field
  if (!states) return field
  return {
    ...field,
    states: { ...states, transitions: states.transitions.map(transition => transitionOf(transition, seen)) },
    ...(options ? { options: options.map(option => optionOf(option, seen)) } : {}),
  }
}

/** A transition as members may know it; what is written with it, and that it is taken by itself, is the server's alone. */
function transitionOf(transition: TransitionDefinition, { isNamed, isVisible }: Seen): TransitionDefinition {
  const { when, set: _set, examples: _, automatic: _automatic, userField, requires, form, ...rest } = transition
  return {
    ...rest,
    ...(when !== undefined && isVisible([when]) ? { when } : {}),
    ...(userField !== undefined && isNamed(userField) ? { userField } : {}),
    ...(requires ? { requires: requires.filter(isNamed) } : {}),
    ...(form ? { form: form.filter(isNamed) } : {}),
  }
}

/** What is written by entering and leaving is the server's alone. */
function optionOf({ enter: _enter, leave: _leave, editable, ...rest }: OptionDefinition, { isNamed }: Seen): OptionDefinition {
  return { ...rest, ...(editable === undefined ? {} : { editable: editable === false ? false : editable.filter(isNamed) }) }
}
