import { nearest } from '../errors.js'
import type { Label } from '../label.js'

/** A hint at the name that was perhaps meant, else at the names there are; empty when there are none. */
export function suggestion(name: string, candidates: readonly string[]): Label {
  const meant = nearest(name, candidates)
  if (meant !== null) return { en: `Did you mean “${meant}”?`, 'zh-CN': `是否想写「${meant}」？` }
  if (candidates.length === 0) return ''
  const some = candidates.slice(0, 12).join(', ')
  return { en: `There are: ${some}.`, 'zh-CN': `可用的有：${some}。` }
}
