import type { Reader } from '@tessera/platform/reports/result.js'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'

/** Who reads reports here: the member, with the words of the language that is shown. */
export function useReader(): Reader {
  const { t } = useTranslation()
  const { locale, timeZone, currency } = useApp()
  return useMemo(
    () => ({ locale, timeZone, currency, words: { empty: t('report.empty'), count: t('report.count') } }),
    [locale, timeZone, currency, t],
  )
}
