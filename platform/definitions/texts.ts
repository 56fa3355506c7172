import { type Issue, issue, joinPath } from '../errors.js'
import { isStorable } from '../fields/value-text.js'
import type { Label } from '../label.js'
import { type Element, elementPath } from './index.js'

/** Every text of a definition that cannot be kept: one that PostgreSQL cannot hold, and a value of an option that no field may hold. */
export function checkTexts(element: Element): Issue[] {
  if (!suspect.test(JSON.stringify(element.definition))) return []
  return misfits(element.definition, []).map(({ at, what }) =>
    issue('CHARACTER_FORBIDDEN', joinPath(elementPath(element), at.map(plain).join('/')), { field: what }),
  )
}

/** How JSON writes whatever may be wrong; what else is written so is sorted out by looking at each text. */
const suspect = /\\u(?:00|[dD][89a-fA-F])|\u007f/

interface Misfit {
  readonly at: readonly string[]
  readonly what: Label
}

const words = {
  text: { en: 'This text', 'zh-CN': '这段文本' },
  name: { en: 'A name here', 'zh-CN': '这里的一个名称' },
  option: { en: 'The value of this option', 'zh-CN': '这个选项的值' },
} as const

function misfits(value: unknown, at: readonly string[]): Misfit[] {
  if (typeof value === 'string') {
    if (isOptionValue(at)) return isStorable(value) ? [] : [{ at, what: words.option }]
    return isKept(value) ? [] : [{ at, what: words.text }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(isKept(key) ? [] : [{ at: [...at, key], what: words.name }]),
    ...misfits(inner, [...at, key]),
  ])
}

/** Whether a text is well-formed Unicode without NUL, as all that PostgreSQL keeps. */
const isKept = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)

/** Whether the value of an option or of a label of links stands at a path. */
const isOptionValue = (at: readonly string[]): boolean => at.at(-1) === 'value' && ['options', 'labels'].includes(at.at(-3) ?? '')

/** A part of a path without what cannot be kept or seen. */
const plain = (part: string): string => part.replace(/[\p{Control}\p{Surrogate}]/gu, '\ufffd')
