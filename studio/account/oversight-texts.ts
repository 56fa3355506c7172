import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import en from '../i18n/oversight.en.json'
import chinese from '../i18n/oversight.zh-CN.json'

let isAdded = false

function add(): void {
  if (isAdded) return
  isAdded = true
  i18next.addResourceBundle('en', 'oversight', en)
  i18next.addResourceBundle('zh-CN', 'oversight', chinese)
}

/** The texts of the audit log and the recycle bin, those of the whole product behind them. */
export function useTexts() {
  add()
  return useTranslation(['oversight', 'translation'], { nsMode: 'fallback' })
}
