import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'
import './texts.js'

addTexts('layout', { en: () => import('../i18n/layout.en.json'), 'zh-CN': () => import('../i18n/layout.zh-CN.json') })

/** The texts about views, navigation, record pages and the theme, those of the studio and of the whole product behind them. */
export function useLayoutTexts() {
  return useTranslation(['layout', 'builder', 'translation'], { nsMode: 'fallback' })
}
