import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Preferences } from './preferences.js'

const texts = {
  en: () => import('../i18n/en.json'),
  'zh-CN': () => import('../i18n/zh-CN.json'),
}

/** Loads the texts of a language and makes it the one that is shown. */
export async function speak(language: Preferences['language']): Promise<void> {
  const { default: resources } = await texts[language]()
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      resources: { [language]: { translation: resources } },
    })
  } else if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', resources)
  }
  i18next.services.formatter?.add('lower', lowered)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** A label inside of a sentence: its first letter small, unless it is an abbreviation. */
const lowered = (text: unknown): string => String(text).replace(/^\p{Lu}(?=\p{Ll}|$)/u, letter => letter.toLowerCase())
