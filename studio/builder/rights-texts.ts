import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import en from '../i18n/rights.en.json'
import chinese from '../i18n/rights.zh-CN.json'
import { useTexts } from './texts.js'

let isAdded = false

/** The texts about roles and groups, those of the studio and of the whole product behind them. */
export function useRightsTexts() {
  useTexts()
  if (!isAdded) {
    isAdded = true
    i18next.addResourceBundle('en', 'rights', en)
    i18next.addResourceBundle('zh-CN', 'rights', chinese)
  }
  return useTranslation(['rights', 'builder', 'translation'], { nsMode: 'fallback' })
}
