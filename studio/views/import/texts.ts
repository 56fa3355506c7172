import { useTranslation } from 'react-i18next'
import { addTexts } from '../../ui/language.js'

addTexts('import', { en: () => import('../../i18n/import.en.json'), 'zh-CN': () => import('../../i18n/import.zh-CN.json') })

/** The texts of imports, those of the whole product behind them. */
export function useTexts() {
  return useTranslation(['import', 'translation'], { nsMode: 'fallback' })
}
