/** The languages that texts are kept in. */
export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

/** A text for people: one for all languages, or one for each. */
export type Label = string | { readonly en?: string; readonly 'zh-CN'?: string }

/** The text in a language, else in the other one; empty when there is none. */
export function labelOf(label: Label | undefined, locale: Locale): string {
  if (label === undefined) return ''
  if (typeof label === 'string') return label
  return label[locale] ?? label.en ?? label['zh-CN'] ?? ''
}

/** The supported language nearest to what a browser or member names, English when none is. */
export const localeOf = (wanted: string | null | undefined): Locale => (wanted?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
