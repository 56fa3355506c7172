import type { Answer } from '../support/app.js'
import { idOf, logged, type TwoWorlds, type World } from './two-worlds.js'
import { answerOf, platform, type Question } from './two-worlds-asking.js'
import { hidden, seen } from './two-worlds-hidden.js'

const entryShape = 'kind action actor { name } object record title changes version channel cause data hash'
const auditQuery = `query($record: ID, $kinds: [String!], $after: String) { auditLog(record: $record, kinds: $kinds, after: $after, first: 200) { next entries { ${entryShape} } } }`

interface Entry {
  readonly kind: string
  readonly title: string | null
  readonly changes: unknown
}
interface Page {
  readonly next: string | null
  readonly entries: readonly Entry[]
}

/**
 * The log as who may read it and not see everything: of records in sight what happened to them, letter by letter. That something was done
 * to others, and what others did, stands in it rightly, and says nothing of what is hidden: neither titles nor values.
 */
export const auditEntries = ({ app }: TwoWorlds): Question[] => [
  { name: 'auditLog', ask: async world => told(await allOf(world, app, {}), false) },
  ...[seen.firm, seen.other, seen.task, seen.taskToo, seen.person, idOf(1), idOf(999)].map(record => ({
    name: `auditLog of ${record}`,
    ask: async (world: World) => told(await allOf(world, app, { record }), true),
  })),
  ...[hidden.onlyA, hidden.differs, hidden.vault, hidden.note].map(record => ({
    name: `auditLog of hidden ${record}`,
    ask: async (world: World) => (await allOf(world, app, { record })).map(({ title, changes }) => [title, changes]).filter(isSaid),
  })),
  platform('auditLog of no kind', '{ auditLog(kinds: ["none"]) { next } }'),
  platform('auditLog behind nothing', '{ auditLog(after: "x") { next } }'),
]

const isSaid = (said: readonly unknown[]) => said.some(one => one !== null)
/** Entries of records that are told of; all are looked through for what is hidden, also those that are left out. */
function told(entries: readonly Entry[], isWhole: boolean): unknown {
  const hashes = entries.filter(entry => (entry as { hash?: unknown }).hash !== null).length
  const all = JSON.stringify(entries)
  const own = entries.filter(({ kind, title, changes }) => kind === 'record' && (isWhole || title !== null || changes !== null))
  const publishes = entries.filter(({ kind }) => kind === 'metadata')
  return { hashes, own, publishes, names: /zzq|vault|margin|secretPaper/.exec(all)?.[0] ?? null }
}

/** All pages, once everything that happened has its place in the log. */
async function allOf(world: World, app: TwoWorlds['app'], variables: Record<string, unknown>): Promise<Entry[]> {
  await logged(app, world)
  const entries: Entry[] = []
  for (let after: string | null = null; ; ) {
    const { body }: Answer = await world.platform(auditQuery, { ...variables, after })
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    const page = body.data?.auditLog as Page
    entries.push(...page.entries)
    after = page.next
    if (after === null) return entries
  }
}

const deletionShape = 'id at until actor { name } channel deleted { object count along restorable records { id title } }'
const conflictQuery =
  'query($deletion: ID!) { restoreConflicts(deletion: $deletion) { object id title code path message hint other { object id title } } }'

/** The bin: whole, one's own, and a deletion at a time. */
export const bins = (): Question[] => [
  platform('deletions', `{ deletions(first: 100) { next days deletions { ${deletionShape} } } }`),
  platform('own deletions', `{ deletions(first: 100, mine: true) { next days deletions { ${deletionShape} } } }`),
  platform('deletions behind nothing', '{ deletions(after: "x") { next } }'),
  {
    name: 'deletions one by one',
    ask: async world => {
      const found: unknown[] = []
      for (let after: string | null = null; ; ) {
        const query = `query($after: String) { deletions(first: 1, after: $after) { next deletions { ${deletionShape} } } }`
        const { body }: Answer = await world.platform(query, { after })
        const page = body.data?.deletions as { next: string | null; deletions: unknown[] }
        found.push(page.deletions)
        after = page.next
        if (after === null) return found.filter(one => (one as unknown[]).length > 0)
      }
    },
  },
]

interface Deletion {
  readonly id: string
  readonly deleted: readonly { readonly records: readonly { readonly title: string | null }[] }[]
}
const titlesOf = ({ deleted }: Deletion) => deleted.flatMap(({ records }) => records.map(({ title }) => title ?? ''))
const deletionsQuery = '{ deletions(first: 100) { deletions { id deleted { records { title } } } } }'
const deletionsOf = async (world: World): Promise<readonly Deletion[]> => {
  const { body } = await world.platform(deletionsQuery)
  return (body.data?.deletions as { deletions: Deletion[] } | undefined)?.deletions ?? []
}
/** Those of which the one who looks sees nothing, which differ from world to world. */
async function unseenOf(world: World): Promise<string[]> {
  const own = new Set((await deletionsOf(world)).map(({ id }) => id))
  const all = await world.run<{ deletions: Deletion[] }>('platform', deletionsQuery)
  return [...all.deletions.map(({ id }) => id).filter(id => !own.has(id)), idOf(999), 'none']
}

/** Deletions whose conflicts differ rightly. */
const isContested = (deletion: Deletion) => titlesOf(deletion).some(title => /^Bin [a-z]/.test(title))

/** Asks of each deletion in sight; of those out of sight the answer has to be that there is none. */
const ofDeletions = (name: string, query: string): Question[] => [
  {
    name,
    ask: async world => {
      const answers: unknown[] = []
      for (const deletion of (await deletionsOf(world)).filter(one => !isContested(one)))
        answers.push([titlesOf(deletion), answerOf(await world.platform(query, { deletion: deletion.id }))])
      return answers
    },
  },
  {
    name: `${name} out of sight`,
    ask: async world => {
      const answers = new Set<string>()
      for (const deletion of await unseenOf(world)) answers.add(JSON.stringify((await world.platform(query, { deletion })).body))
      return [...answers]
    },
  },
]

export const conflicts = (): Question[] => ofDeletions('restoreConflicts', conflictQuery)
export const restoredDeletions = (): Question[] =>
  ofDeletions('restoreDeletion', 'mutation($deletion: ID!) { restoreDeletion(deletion: $deletion) { object ids } }')

/** What keeps the deletion of a record with a title from being restored, as the answer that the tests of what differs rightly read. */
export const conflictsInShort =
  (title: string) =>
  async (world: World): Promise<Answer> => {
    const deletion = (await deletionsOf(world)).find(one => titlesOf(one).includes(title))
    const answer = await world.platform(conflictQuery, { deletion: deletion?.id })
    const found = answer.body.data?.restoreConflicts as { code: string; path: string; other: unknown }[] | undefined
    // neither the record that has the value, nor a value that is masked or hidden
    const isTold = /13877778888|7711/.test(JSON.stringify(found)) || found?.some(({ other }) => other !== null)
    return found
      ? { ...answer, body: { data: { found: found.map(({ code, path }) => `${code} ${path}${isTold ? ' told' : ''}`) } } }
      : answer
  }

/** What an admin sees through the eyes of the one who looks is what that one sees. */
export const views = ({ members }: TwoWorlds): Question[] => [
  {
    name: 'a view as the one who looks',
    ask: async world => {
      const begun = await world.run('platform', 'mutation($member: ID!) { beginView(member: $member) }', { member: members.clerk })
      try {
        const records = await world.run(
          'graphql',
          '{ firms(deleted: WITH) { totalCount nodes { id name code phone mail partnerId partnerName } } }',
        )
        const bin = await world.run('platform', `{ deletions { deletions { ${deletionShape} } } }`)
        const log = await world.run<Page>('platform', `{ auditLog(record: "${seen.firm}") { entries { ${entryShape} } } }`)
        return { begun, records, bin, log: told(log.entries, true) }
      } finally {
        await world.run('platform', 'mutation { endView }')
      }
    },
  },
]
