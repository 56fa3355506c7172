import { type Label, type Locale, labelOf } from './label.js'
import { type IssueCode, issueTexts } from './messages.js'

/** Values that the texts of an issue are filled with; a label is shown in the reader's language. */
export type IssueParams = Readonly<Record<string, string | number | boolean | null | Label>>

/** One problem: its code, where it is (`/`-separated path), what is wrong and what to do, in words. */
export interface Issue {
  readonly code: IssueCode
  readonly path: string
  readonly message: string
  readonly hint: string
  readonly params: IssueParams
}

/** A broken definition or model where only a sound one is expected; carries every issue. */
export class DefinitionError extends Error {
  constructor(readonly issues: readonly Issue[]) {
    super(issues.map(found => `${found.path}: ${found.message}`).join('\n') || 'The definitions are not sound.')
    this.name = 'DefinitionError'
  }
}

/**
 * Makes an issue, its texts in English.
 * @param code one of the codes of `messages.ts`
 * @param path where the problem is, such as `objects/order/fields/total/type`
 * @param params what the texts name
 */
export const issue = (code: IssueCode, path: string, params: IssueParams = {}): Issue => inLocale({ code, path, params }, 'en')

/** The same issue with its texts in the reader's language. */
export const localizeIssue = (found: Issue, locale: Locale): Issue => inLocale(found, locale)

/** The rule whose warning an issue is, for whoever may confirm it; null when it is an error. */
export const warningOf = ({ params }: Pick<Issue, 'params'>): string | null =>
  params.severity === 'warning' && typeof params.rule === 'string' ? params.rule : null

/** The same issue seen from a place further out: its path behind `prefix`. */
export const issueUnder = (prefix: string, found: Issue): Issue => ({ ...found, path: joinPath(prefix, found.path) })

/** Joins two paths, either of which may be empty. */
export const joinPath = (outer: string, inner: string): string => (outer && inner ? `${outer}/${inner}` : outer || inner)

/**
 * The name of `candidates` that is nearest to `name` by edit distance, or null when none is near.
 * @param limit how many letters may differ; a third of the name unless said
 */
export function nearest(name: string, candidates: readonly string[], limit = Math.max(2, Math.ceil(name.length / 3))): string | null {
  let best: { name: string; distance: number } | null = null
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && (best === null || distance < best.distance)) best = { name: candidate, distance }
  }
  return best?.name ?? null
}

function inLocale(found: Pick<Issue, 'code' | 'path' | 'params'>, locale: Locale): Issue {
  const texts = issueTexts[found.code][locale]
  return {
    code: found.code,
    path: found.path,
    params: found.params,
    message: fill(texts[0], found.params, locale),
    hint: fill(texts[1], found.params, locale),
  }
}

const fill = (text: string, params: IssueParams, locale: Locale): string =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined || value === null) return ''
    return typeof value === 'object' ? labelOf(value, locale) : String(value)
  })

/** Levenshtein distance (V. I. Levenshtein, 1966), by rows. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, swap))
    }
    row = next
  }
  return row[right.length] ?? 0
}
