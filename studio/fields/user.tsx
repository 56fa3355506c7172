import { UserRound } from 'lucide-react'
import type { App } from '../api/app.js'
import { Avatar, Person } from '../ui/avatar.js'
import { type DisplayProps, type FieldFace, relatedOf } from './face.js'
import { UserFilterValue, UserInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function UserDisplay({ field, record, place }: DisplayProps) {
  const person = relatedOf(field, record)
  if (!person) return <Nothing place={place} />
  const name = person.title ?? ''
  return place === 'card' ? <Avatar name={name} size={20} /> : <Person name={name} />
}

/** Names only the member who is signed in; others are counted. */
const peopleText = (value: unknown, _field: unknown, app: App): string | undefined =>
  Array.isArray(value) && value.length === 1 && value[0] === app.member.id ? app.member.name : undefined

export const user: FieldFace = {
  icon: UserRound,
  width: 132,
  Display: UserDisplay,
  Input: UserInput,
  filters: ['in', 'notIn', 'isNull'],
  FilterValue: UserFilterValue,
  card: 'person',
  valueText: peopleText,
}
