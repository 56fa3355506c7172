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

/** A text with `{name}` replaced by what has that name; by nothing where nothing has. */
export const filled = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')

/** The supported language nearest to what a browser or member names, English when none is. */
export const localeOf = (wanted: string | null | undefined): Locale => (wanted?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')

/**
 * The supported language that a request asks for by its `Accept-Language`, the most wanted first.
 * @returns null when it names none of ours (`*` names none), so that what is known of the member decides
 */
export function acceptedLocale(header: string | null | undefined): Locale | null {
  if (!header) return null
  const known = accepted.get(header)
  if (known !== undefined) return known
  const found = mostWanted(header)
  if (accepted.size >= mostAccepted) accepted.clear()
  if (header.length <= longestAccepted) accepted.set(header, found)
  return found
}

/** What headers came to: browsers send the same ones again and again. */
const accepted = new Map<string, Locale | null>()
const [mostAccepted, longestAccepted] = [200, 200]

function mostWanted(header: string): Locale | null {
  const wanted = header
    .split(',')
    .map(part => {
      const [tag = '', ...params] = part.split(';').map(piece => piece.trim().toLowerCase())
      const quality = params.find(param => param.startsWith('q='))
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
  for (const { tag } of wanted) {
    const known = locales.find(locale => tag.split('-')[0] === locale.split('-')[0])
    if (known) return known
  }
  return null
}
