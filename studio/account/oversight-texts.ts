import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'

addTexts('oversight', { en: () => import('../i18n/oversight.en.json'), 'zh-CN': () => import('../i18n/oversight.zh-CN.json') })

/** The texts of the audit log and the recycle bin, those of the whole product behind them. */
export function useTexts() {
  return useTranslation(['oversight', 'translation'], { nsMode: 'fallback' })
}
