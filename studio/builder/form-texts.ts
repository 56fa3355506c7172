import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'
import './texts.js'

addTexts('forms', { en: () => import('../i18n/forms.en.json'), 'zh-CN': () => import('../i18n/forms.zh-CN.json') })

/** The texts of the form designer, those of the studio and of the whole product behind them. */
export function useFormTexts() {
  return useTranslation(['forms', 'builder', 'translation'], { nsMode: 'fallback' })
}
