import type { Answer } from '../support/app.js'
import { idOf, mark, type World } from './two-worlds.js'
import { hidden } from './two-worlds-hidden.js'
import { conflictsInShort } from './two-worlds-oversight.js'

/** Something that differs between the worlds as it should. */
interface Right {
  readonly why: string
  ask(world: World): Promise<Answer>
  /** What the answer says in the world where the hidden thing is, and in the other one. */
  readonly says: Readonly<Record<'a' | 'b', string>>
}

const create = (type: string, data: object) => (world: World) =>
  world.ask(`mutation($data: ${type}Create!) { create${type}(data: $data, validateOnly: true) { id } }`, { data })
const taken = 'A value that has to be unique is taken, whoever has it: that is said, and nothing of the record that has it.'

/** Everything that may differ, with the reason. Nothing of what is hidden stands in any of these answers. */
export const rightly: Readonly<Record<string, Right>> = {
  'a unique value of a hidden record': {
    why: taken,
    ask: create('Firm', { name: 'new', code: `${mark}-both` }),
    says: { a: 'DUPLICATE VALUE_DUPLICATE code', b: '' },
  },
  'the id of a hidden record': {
    why: taken,
    ask: create('Firm', { id: hidden.onlyA, name: 'new' }),
    says: { a: 'DUPLICATE VALUE_DUPLICATE id', b: '' },
  },
  'values that are unique together, of a hidden record': {
    why: taken,
    ask: create('Slot', { name: 'new', room: 'r2', shift: 's2' }),
    says: { a: 'DUPLICATE SET_DUPLICATE room SET_DUPLICATE shift', b: '' },
  },
  'a range that a hidden record has': {
    why: taken,
    ask: create('Slot', { name: 'new', room: 'r2', from: '2026-05-10', to: '2026-05-11' }),
    says: { a: 'VALIDATION_FAILED RANGE_OVERLAPS from RANGE_OVERLAPS to', b: '' },
  },
  'a rollup over hidden records': {
    why: 'Whoever defines a rollup and lets a role see it shows what it comes to.',
    ask: world => world.ask(`{ tally(id: "${idOf(70)}") { bondCount } }`),
    says: { a: '1', b: '0' },
  },
  'a unique value of a deleted record, taken meanwhile by a hidden one': {
    why: taken,
    ask: conflictsInShort('Bin code'),
    says: { a: 'VALUE_DUPLICATE code', b: '' },
  },
  'a masked one': {
    why: 'It is said that it is taken, never the value.',
    ask: conflictsInShort('Bin phone'),
    says: { a: 'RESTORE_HELD phone', b: '' },
  },
  'one of a field that is hidden itself': {
    why: 'It is said that something is in the way, neither of which field nor what.',
    ask: conflictsInShort('Bin margin'),
    says: { a: 'RESTORE_HELD ', b: '' },
  },
  'a number that is drawn': {
    why: 'Numbers are drawn for all records; how many others were made can be told from them.',
    ask: world => world.ask('mutation { createBond(data: { name: "new" }) { number } }'),
    says: { a: 'B-0005', b: 'B-0004' },
  },
  'a record that somebody claimed within a day': {
    why: 'It was there for whoever may claim until then; that it is gone is said to those who could have seen it, and nothing of it.',
    ask: world => world.platform(`mutation { claimRecord(object: "firm", id: "${hidden.queued}") }`),
    says: { a: 'CONFLICT CLAIM_TAKEN id', b: 'NOT_FOUND RECORD_NOT_FOUND id' },
  },
  'a hidden record that keeps another from being deleted': {
    why: 'Nothing is deleted while live records point at it; what they are is not said.',
    ask: world => world.ask(`mutation { deleteFirm(id: "${idOf(1)}") { name } }`),
    says: { a: 'VALIDATION_FAILED DELETE_RESTRICTED ', b: 'new' },
  },
}

/** What an answer says, in short. */
export function inShort({ body }: Answer): string {
  const [error] = body.errors ?? []
  if (error) return [error.extensions.code, ...error.extensions.issues.map(({ code, path }) => `${code} ${path}`)].join(' ')
  const [value] = Object.values(body.data ?? {})
  return Object.values(value ?? {}).join(' ')
}
