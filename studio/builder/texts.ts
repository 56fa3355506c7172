import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import en from '../i18n/builder.en.json'
import chinese from '../i18n/builder.zh-CN.json'

i18next.addResourceBundle('en', 'builder', en)
i18next.addResourceBundle('zh-CN', 'builder', chinese)

/** The texts of the studio, those of the whole product behind them. */
export const useTexts = () => useTranslation(['builder', 'translation'], { nsMode: 'fallback' })
