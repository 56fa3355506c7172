import { issue } from '@tessera/platform/errors.js'
import type { CursorPlan } from '@tessera/platform/query/plan.js'
import { type Env, Slot } from '@tessera/platform/sql/sql.js'
import { RequestError } from '../request-error.js'
import type { Leaf } from './bind.js'

/** What a cursor holds: the hash of its order and the keys of its row as texts. Null when the text is no cursor. */
export function readCursor(text: unknown): { readonly hash: string; readonly keys: readonly (string | null)[] } | null {
  if (typeof text !== 'string' || text.length > 20_000) return null
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parts) || typeof parts[0] !== 'string') return null
    const [hash, ...keys] = parts as [string, ...unknown[]]
    return keys.every(key => key === null || typeof key === 'string') ? { hash, keys: keys as (string | null)[] } : null
  } catch {
    return null
  }
}

/** The shape of a cursor: its order and which of its keys are null. */
export const cursorShape = (text: unknown): string => {
  const cursor = readCursor(text)
  return cursor ? `${cursor.hash}:${cursor.keys.map(key => (key === null ? 0 : 1)).join('')}` : 'x'
}

/** A cursor argument as a place in an order; refuses one of another order. */
export function cursorPlan(leaf: Leaf, hash: string, keyCount: number): CursorPlan {
  const cursor = readCursor(leaf.known)
  if (!cursor || cursor.hash !== hash || cursor.keys.length !== keyCount) {
    throw new RequestError('BAD_REQUEST', [
      issue('INPUT_INVALID', 'after', {
        problem: { en: 'The cursor belongs to another list or order.', 'zh-CN': '该游标属于另一个列表或排序。' },
      }),
    ])
  }
  const slot = (index: number) =>
    new Slot((env: Env) => readCursor(leaf.value instanceof Slot ? leaf.value.read(env) : leaf.value)?.keys[index] ?? null)
  return { keys: cursor.keys.map((key, index) => ({ value: slot(index), isNull: key === null })) }
}
