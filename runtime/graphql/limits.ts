import { issue } from '@tessera/platform/errors.js'
import { Kind, type SelectionSetNode } from 'graphql'
import { RequestError } from '../request-error.js'
import type { Operation } from './documents.js'

/** The deepest and the widest operation that is compiled. */
export const operationLimits = { depth: 15, fields: 2_000 } as const

interface Size {
  readonly depth: number
  readonly fields: number
}

/** Refuses operations that are too deep or ask for too many fields, fragments opened. Fragments are measured once each; validation has refused circles. */
export function checkSize({ definition, fragments }: Pick<Operation, 'definition' | 'fragments'>): void {
  const measured = new Map<string, Size>()
  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    let [depth, fields] = [0, 0]
    for (const selection of set?.selections ?? []) {
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragmentSize(selection.name.value) : sizeOf(selection.selectionSet)
      const own = selection.kind === Kind.FIELD ? 1 : 0
      depth = Math.max(depth, inner.depth + own)
      fields += inner.fields + own
    }
    return { depth, fields }
  }
  const fragmentSize = (name: string): Size => {
    const known = measured.get(name)
    if (known) return known
    const size = sizeOf(fragments[name]?.selectionSet)
    measured.set(name, size)
    return size
  }
  const size = sizeOf(definition.selectionSet)
  if (size.depth > operationLimits.depth || size.fields > operationLimits.fields) {
    throw new RequestError('TOO_COMPLEX', [
      issue('INPUT_INVALID', 'query', {
        problem: {
          en: `An operation has at most ${operationLimits.depth} levels and ${operationLimits.fields} fields.`,
          'zh-CN': `一个操作最多 ${operationLimits.depth} 层、${operationLimits.fields} 个字段。`,
        },
      }),
    ])
  }
}
