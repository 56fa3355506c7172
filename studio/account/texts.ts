import { useTranslation } from 'react-i18next'
import { addTexts } from '../ui/language.js'

addTexts('account', { en: () => import('../i18n/account.en.json'), 'zh-CN': () => import('../i18n/account.zh-CN.json') })

/** The texts about signing in and members, those of the whole product behind them. */
export function useTexts() {
  return useTranslation(['account', 'translation'], { nsMode: 'fallback' })
}
