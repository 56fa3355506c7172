import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'

addTexts('builder', { en: () => import('../i18n/builder.en.json'), 'zh-CN': () => import('../i18n/builder.zh-CN.json') })

/** The texts of the studio, those of the whole product behind them. */
export function useTexts() {
  return useTranslation(['builder', 'translation'], { nsMode: 'fallback' })
}
