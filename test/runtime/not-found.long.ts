import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { idOf, type TwoWorlds, twoWorlds } from './two-worlds.js'
import { differ, hidden } from './two-worlds-hidden.js'

const tries = 1_000
const median = (all: readonly number[]): number => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0

let worlds: TwoWorlds
beforeAll(async () => {
  worlds = await twoWorlds(differ)
})
afterAll(() => worlds?.close())

/** Ways in which a record is named by its id. */
const ways = {
  read: (id: string) => worlds.a.ask('query($id: ID!) { firm(id: $id) { id name } }', { id }),
  filter: (id: string) => worlds.a.ask('query($id: ID!) { firms(where: { id: { eq: $id } }) { totalCount nodes { name } } }', { id }),
  update: (id: string) => worlds.a.ask('mutation($id: ID!) { updateFirm(id: $id, data: { name: "x" }) { id } }', { id }),
  link: (id: string) =>
    worlds.a.ask('mutation($id: ID!) { createTask(data: { name: "x", firmId: $id }, validateOnly: true) { id } }', { id }),
  history: (id: string) => worlds.a.platform('query($id: ID!) { history(object: "firm", id: $id) { action } }', { id }),
  file: async (id: string) => {
    const name = id === hidden.onlyA ? worlds.files.hidden : id
    return (await fetch(`${worlds.a.url}/files/${name}`, { headers: worlds.a.headers.clerk })).arrayBuffer()
  },
}

describe('a record that is hidden', () => {
  it.each(Object.entries(ways))(`is not told by time from one that is not there: %s`, async (way, ask) => {
    const taken: Record<'absent' | 'hidden', number[]> = { absent: [], hidden: [] }
    const once = async (kind: 'absent' | 'hidden', id: string) => {
      const start = performance.now()
      await ask(id)
      taken[kind].push(performance.now() - start)
    }
    for (let warm = 0; warm < 50; warm++) await ask(warm % 2 === 0 ? idOf(999) : hidden.onlyA)
    for (let index = 0; index < tries; index++) {
      // each goes first as often as the other
      if (index % 2 === 0) await once('absent', idOf(999))
      await once('hidden', hidden.onlyA)
      if (index % 2 === 1) await once('absent', idOf(999))
    }
    const [absent, unseen] = [median(taken.absent), median(taken.hidden)]
    process.stdout.write(`not found, ${way}: absent ${absent.toFixed(3)} ms, hidden ${unseen.toFixed(3)} ms\n`)
    expect(Math.abs(absent - unseen)).toBeLessThan(1)
  })
})
