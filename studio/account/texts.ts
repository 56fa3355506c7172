import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import en from '../i18n/account.en.json'
import chinese from '../i18n/account.zh-CN.json'

let isAdded = false

/** A page's code may be here before the first language is; so the texts are added when they are first asked for. */
function add(): void {
  if (isAdded) return
  isAdded = true
  i18next.addResourceBundle('en', 'account', en)
  i18next.addResourceBundle('zh-CN', 'account', chinese)
}

/** The texts about signing in and members, those of the whole product behind them. */
export function useTexts() {
  add()
  return useTranslation(['account', 'translation'], { nsMode: 'fallback' })
}
