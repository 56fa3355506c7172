import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'
import './texts.js'

addTexts('rights', { en: () => import('../i18n/rights.en.json'), 'zh-CN': () => import('../i18n/rights.zh-CN.json') })

/** The texts about roles and groups, those of the studio and of the whole product behind them. */
export function useRightsTexts() {
  return useTranslation(['rights', 'builder', 'translation'], { nsMode: 'fallback' })
}
