import type { TFunction } from 'i18next'
import { ApiError } from '../api/client.js'

/** What went wrong, why and what to do, in one or two sentences. */
export function failureText(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('error.unknown')
  if (error.code === 'OFFLINE') return t('error.offline')
  if (error.code === 'INTERNAL') return t('error.internal', { trace: error.trace ?? '—' })
  const issue = error.issues[0]
  if (issue) return [issue.message, issue.hint].filter(part => part).join(' ')
  return error.code === 'FORBIDDEN' ? t('error.forbidden') : error.message || t('error.unknown')
}
