import { issue } from '@tessera/platform/errors.js'
import { RequestError } from '../request-error.js'

/** The deepest nesting of a document and of its variables that is looked into; an operation of a person has a handful of levels. */
export const mostLevels = 100

/** Refuses variables nested so deep that reading them could exhaust the stack. @throws RequestError `TOO_COMPLEX` */
export function checkVariables(variables: unknown, levels = mostLevels): void {
  if (isDeeper(variables, levels))
    throw tooDeep('variables', `Variables are nested at most ${levels} levels deep.`, `变量最多嵌套 ${levels} 层。`)
}

/** Whether variables are nested so deep that `checkVariables` refuses them. */
export const isTooDeep = (variables: unknown): boolean => isDeeper(variables, mostLevels)

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1)))

/**
 * Refuses a document nested so deep that parsing it could exhaust the stack: brackets are counted in its text, before anybody parses it.
 * @param document whatever came as `query`; what is no text is left to those who parse
 * @throws RequestError `TOO_COMPLEX`
 */
export function checkDocument(document: unknown): void {
  if (typeof document === 'string' && nestingOf(document) > mostLevels)
    throw tooDeep('query', `A document is nested at most ${mostLevels} levels deep.`, `查询文档最多嵌套 ${mostLevels} 层。`)
}

const tooDeep = (path: string, en: string, chinese: string): RequestError =>
  new RequestError('TOO_COMPLEX', [issue('INPUT_INVALID', path, { problem: { en, 'zh-CN': chinese } })])

/** How deep brackets stand within one another; those in texts and comments do not count. */
function nestingOf(document: string): number {
  let [depth, deepest] = [0, 0]
  for (let at = 0; at < document.length; at++) {
    const sign = document[at]
    if (sign === '"') at = endOfText(document, at)
    else if (sign === '#') at = endOfLine(document, at)
    else if (sign === '{' || sign === '[' || sign === '(') deepest = Math.max(deepest, ++depth)
    else if (sign === '}' || sign === ']' || sign === ')') depth--
  }
  return deepest
}

/** Where the text ends that begins here; one without an end is a mistake that the parser finds there, so nothing after it counts. */
function endOfText(document: string, from: number): number {
  if (document.startsWith('"""', from)) {
    for (let at = document.indexOf('"""', from + 3); at >= 0; at = document.indexOf('"""', at + 3)) {
      if (document[at - 1] !== '\\') return at + 2
    }
    return document.length
  }
  for (let at = from + 1; at < document.length; at++) {
    if (document[at] === '\\') at++
    else if (document[at] === '"') return at
  }
  return document.length
}

function endOfLine(document: string, from: number): number {
  for (let at = from; at < document.length; at++) if (document[at] === '\n' || document[at] === '\r') return at
  return document.length
}
