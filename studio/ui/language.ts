import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Preferences } from './preferences.js'

type Language = Preferences['language']
type Texts = Readonly<Record<Language, () => Promise<{ default: object }>>>

const texts: Texts = {
  en: () => import('../i18n/en.json'),
  'zh-CN': () => import('../i18n/zh-CN.json'),
}

/** The texts that some pages have of their own, by namespace. */
const further = new Map<string, Texts>()

/**
 * Says where the texts of some pages lie; they are there once `worded` has brought the page, and with each change of language.
 * @param namespace what i18next calls them
 */
export function addTexts(namespace: string, of: Texts): void {
  further.set(namespace, of)
}

/** Brings what pages have of their own in a language, where it is not here yet. */
async function bringFurther(language: Language): Promise<void> {
  const missing = [...further].filter(([namespace]) => !i18next.hasResourceBundle(language, namespace))
  await Promise.all(
    missing.map(async ([namespace, of]) => {
      const { default: resources } = await of[language]()
      i18next.addResourceBundle(language, namespace, resources)
    }),
  )
}

/** Loads a page together with its texts in the language that is shown; a page's code may be here before the first language is. */
export const worded =
  <Page>(load: () => Promise<Page>): (() => Promise<Page>) =>
  async () => {
    const page = await load()
    if (i18next.isInitialized) await bringFurther(i18next.language as Language)
    return page
  }

/** Texts in a language beside the one that is shown: for a part of a page that is drawn in it. */
export async function besideIn(language: Language): Promise<typeof i18next> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: resources } = await texts[language]()
    i18next.addResourceBundle(language, 'translation', resources)
  }
  await bringFurther(language)
  return i18next.cloneInstance({ lng: language })
}

/** Loads the texts of a language and makes it the one that is shown. */
export async function speak(language: Language): Promise<void> {
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
  await bringFurther(language)
  i18next.services.formatter?.add('lower', lowered)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** A label inside of a sentence: its first letter small, unless it is an abbreviation. */
const lowered = (text: unknown): string => String(text).replace(/^\p{Lu}(?=\p{Ll}|$)/u, letter => letter.toLowerCase())
