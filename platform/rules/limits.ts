import { type Issue, issue } from '../errors.js'

/** How deep and how large a rule may be, and how many rows and members it may look at in one evaluation. */
export const ruleLimits = { depth: 32, size: 1000, steps: 100_000 } as const

/** The issue of a rule that is too deep or too large, found without following it further than that. */
export function checkSize(rule: unknown, path: string): Issue | null {
  let size = 0
  const pending: { readonly part: unknown; readonly depth: number }[] = [{ part: rule, depth: 1 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { part, depth } = next
    size += Array.isArray(part) ? 0 : 1
    if (size > ruleLimits.size) return tooLarge(path, `${ruleLimits.size} parts`, `${ruleLimits.size} 个部分`)
    if (depth > ruleLimits.depth) return tooLarge(path, `${ruleLimits.depth} levels`, `${ruleLimits.depth} 层`)
    if (typeof part !== 'object' || part === null) continue
    const inner = Object.values(part)
    if (inner.length > ruleLimits.size) return tooLarge(path, `${ruleLimits.size} parts`, `${ruleLimits.size} 个部分`)
    for (const child of inner) pending.push({ part: child, depth: Array.isArray(part) ? depth : depth + 1 })
  }
  return null
}

const tooLarge = (path: string, en: string, chinese: string): Issue => issue('RULE_TOO_LARGE', path, { limit: { en, 'zh-CN': chinese } })
