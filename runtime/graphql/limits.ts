import { issue } from '@tessera/platform/errors.js'
import { Kind, type SelectionSetNode } from 'graphql'
import { RequestError } from '../request-error.js'
import type { Operation } from './documents.js'

/** The deepest and the widest operation that is compiled, how many records it may look at, and how long. */
export const operationLimits = {
  depth: 15,
  fields: 2_000,
  /** Signs and words of a document. */
  tokens: 10_000,
  /** Records, reckoned from `first` and `last` of lists within lists. */
  records: 200_000,
  /** The same for one record that is shown in a message of a subscription. */
  recordsTold: 2_000,
  /** Milliseconds that PostgreSQL may take for what is read. */
  time: 15_000,
} as const

/** Refuses what may look at more records than a limit. @throws RequestError `TOO_COMPLEX` */
export function checkCost(cost: number, most: number): void {
  if (cost <= most) return
  throw new RequestError('TOO_COMPLEX', [
    issue('INPUT_INVALID', 'query', {
      problem: {
        en: `The operation may look at ${cost} records; ${most} are allowed. Ask for fewer with first, above all in lists within lists.`,
        'zh-CN': `该操作最多会读取 ${cost} 条记录，上限为 ${most} 条。请用 first 减少数量，尤其是嵌套列表。`,
      },
    }),
  ])
}

interface Size {
  readonly depth: number
  readonly fields: number
  /** Fields of the set itself, fragments opened: at the root each is a question of its own. */
  readonly roots: number
}

/** Refuses operations that are too deep or ask for too many fields, fragments opened. Fragments are measured once each; validation has refused circles. */
export function checkSize(
  { definition, fragments }: Pick<Operation, 'definition' | 'fragments'>,
  most: { readonly depth: number; readonly fields: number; readonly roots?: number } = operationLimits,
): void {
  const measured = new Map<string, Size>()
  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    let [depth, fields, roots] = [0, 0, 0]
    for (const selection of set?.selections ?? []) {
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragmentSize(selection.name.value) : sizeOf(selection.selectionSet)
      const own = selection.kind === Kind.FIELD ? 1 : 0
      depth = Math.max(depth, inner.depth + own)
      fields += inner.fields + own
      roots += own || inner.roots
    }
    return { depth, fields, roots }
  }
  const fragmentSize = (name: string): Size => {
    const known = measured.get(name)
    if (known) return known
    const size = sizeOf(fragments[name]?.selectionSet)
    measured.set(name, size)
    return size
  }
  const size = sizeOf(definition.selectionSet)
  if (size.depth > most.depth || size.fields > most.fields || size.roots > (most.roots ?? most.fields)) {
    throw new RequestError('TOO_COMPLEX', [
      issue('INPUT_INVALID', 'query', {
        problem: {
          en: `An operation has at most ${most.depth} levels and ${most.fields} fields${most.roots === undefined ? '' : `, ${most.roots} of them at its root`}.`,
          'zh-CN': `一个操作最多 ${most.depth} 层、${most.fields} 个字段${most.roots === undefined ? '' : `，其中根字段最多 ${most.roots} 个`}。`,
        },
      }),
    ])
  }
}
