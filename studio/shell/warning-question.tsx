import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiIssue } from '../api/client.js'
import { onWarnings } from '../api/warnings.js'
import { confirm } from '../ui/confirm.js'

/** Asks whether to save all the same when rules warn, wherever something is saved. */
export function WarningQuestion() {
  const { t } = useTranslation()
  useEffect(
    () =>
      onWarnings(warnings =>
        confirm({
          title: t('warning.title', { count: messagesOf(warnings).length }),
          body: messagesOf(warnings).join('\n'),
          verb: t('warning.save'),
        }),
      ),
    [t],
  )
  return null
}

/** What the warnings say, each rule once, with what may be done. */
const messagesOf = (warnings: readonly ApiIssue[]): string[] => [
  ...new Set(warnings.map(({ message, hint }) => [message, hint].filter(Boolean).join(' '))),
]
