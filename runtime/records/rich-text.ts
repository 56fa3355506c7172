import type { ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import sanitizeHtml, { type Options } from 'sanitize-html'

const schemes = /^(?:https?|mailto|tel):/i
const renamed: Readonly<Record<string, string>> = { b: 'strong', i: 'em', strike: 's', del: 's', h1: 'h2', h5: 'h4', h6: 'h4' }

/** What is left of HTML; whatever else was written, only these tags and the addresses of links. */
const options: Options = {
  allowedTags: ['p', 'br', 'strong', 'em', 'u', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'h2', 'h3', 'h4', 'hr'],
  allowedAttributes: { a: ['href'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  // their inside is no text for readers
  nonTextTags:
    'script style textarea option noscript title iframe svg math template xmp noembed noframes plaintext object embed select audio video canvas head'.split(
      ' ',
    ),
  nestingLimit: 30,
  transformTags: {
    ...renamed,
    a: (_, { href = '' }): { tagName: string; attribs: Record<string, string> } => ({
      tagName: 'a',
      attribs: schemes.test(href.trim()) ? { href: href.trim() } : {},
    }),
  },
}

/** HTML that is safe to show, in its one form: cleaned again it stays as it is. */
export const cleanHtml = (html: string): string => sanitizeHtml(html, options).trim()

const richTexts = onceFor((object: ObjectModel) => Object.values(object.fields).filter(field => field.class.isMarkup))

/** Cleans the rich texts among the values of a record, whichever way they came; one of which nothing is left is empty. */
export function cleanRichTexts(object: ObjectModel, values: Record<string, unknown>): void {
  for (const field of richTexts(object)) {
    const value = values[field.key]
    if (typeof value !== 'string') continue
    const parsed = field.type.parse(cleanHtml(value), { type: field.type.name })
    values[field.key] = 'value' in parsed ? parsed.value : null
  }
}
