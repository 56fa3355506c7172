import { unzipSync } from 'fflate'
import type { Answer } from '../support/app.js'
import { mark, type TwoWorlds, type World } from './two-worlds.js'

/** One thing that is asked in both worlds. */
export interface Question {
  readonly name: string
  ask(world: World): Promise<unknown>
  /** Whether it says something of what is hidden, so that an answer may say that back. */
  readonly names?: boolean
}

/** In the long suite everything is asked, else one of so many. */
const stride = process.env.TESSERA_TEST_LONG === 'on' ? 1 : 7

/** Those of many alike that are asked about in this run; where one is left out, its neighbours of other objects are not. */
export const chosen = <T>(all: readonly T[], every = stride): readonly T[] => all.filter((_, index) => stride === 1 || index % every === 0)

/** What an answer is compared by: its status, every header but the moment, and its body. */
export const answerOf = ({ status, headers, body }: Answer): unknown => ({ status, headers: headersOf(headers), body })

const fleeting = new Set(['date', 'connection', 'keep-alive', 'content-length'])
const headersOf = (headers: Headers) => Object.fromEntries([...headers].filter(([name]) => !fleeting.has(name)))

/** A question to the records API. */
export const record = (name: string, query: string, variables: Record<string, unknown> = {}): Question => ({
  name,
  names: JSON.stringify([query, variables]).includes(mark),
  ask: async world => answerOf(await world.ask(query, variables)),
})

/** A question to `/platform`. */
export const platform = (name: string, query: string, variables: Record<string, unknown> = {}): Question => ({
  name,
  names: JSON.stringify([query, variables]).includes(mark),
  ask: async world => answerOf(await world.platform(query, variables)),
})

/** A request to any address as the one who looks; bytes are compared as they come. */
export const http = (name: string, path: string, init: RequestInit = {}): Question => ({
  name,
  names: String(init.body ?? '').includes(mark),
  ask: async ({ url, headers }) => {
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...headers.clerk, ...(init.headers as Record<string, string>) } })
    return { status: response.status, headers: headersOf(response.headers), body: textOf(new Uint8Array(await response.arrayBuffer())) }
  },
})

/** Bytes as a text; of a workbook what is in it, but for the moment when it was written. */
function textOf(bytes: Uint8Array): string {
  const text = (part: Uint8Array) => Buffer.from(part).toString('latin1')
  if (!text(bytes.subarray(0, 2)).startsWith('PK')) return text(bytes)
  const parts = Object.entries(unzipSync(bytes)).filter(([name]) => name !== 'docProps/core.xml')
  return JSON.stringify(parts.map(([name, part]) => [name, text(part)]))
}

/**
 * Asks in both worlds, one after the other, and gives what differs and what tells of hidden things, as lines; none of it is as it should be.
 */
export async function differences(worlds: TwoWorlds, questions: readonly Question[]): Promise<string[]> {
  const found: string[] = []
  for (const { name, ask, names = false } of questions) {
    const [first, second] = [await ask(worlds.a), await ask(worlds.b)]
    found.push(...between(name, parts(first), parts(second), worlds))
    if (!names && JSON.stringify([first, second]).includes(mark)) found.push(`${name}: tells what is hidden`)
  }
  return found
}

/** The root fields of an answer one by one, so that a difference says where it is. */
function parts(answer: unknown): Record<string, unknown> {
  const { body, ...rest } = answer as { body?: { data?: Record<string, unknown> | null } }
  if (typeof body !== 'object' || !body.data) return { '': answer }
  const { data, ...others } = body
  return { ...data, '': { ...rest, ...others } }
}

function between(name: string, first: Record<string, unknown>, second: Record<string, unknown>, { plain }: TwoWorlds): string[] {
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  return keys.flatMap(key => {
    const [a, b] = [plain(first[key] ?? null), plain(second[key] ?? null)]
    if (a === b) return []
    const at = [...a].findIndex((letter, index) => letter !== b[index])
    const near = (text: string) => text.slice(Math.max(0, at - 60), at + 120)
    return [`${name} ${key}:\n  a …${near(a)}\n  b …${near(b)}`]
  })
}
