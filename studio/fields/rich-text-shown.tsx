import DOMPurify from 'dompurify'
import { useMemo } from 'react'

const tags = 'a blockquote br code em h2 h3 h4 hr li ol p pre s strong u ul'.split(' ')

/** Rich text as it may be shown: the server has cleaned it already, and what it holds is not trusted all the same. */
const shownHtml = (html: string): string =>
  DOMPurify.sanitize(html, { ALLOWED_TAGS: tags, ALLOWED_ATTR: ['href'], ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i }).replaceAll(
    '<a href=',
    '<a target="_blank" rel="noreferrer noopener" href=',
  )

/** A rich text as its marks say. */
export function RichText({ html }: { html: string }) {
  const shown = useMemo(() => shownHtml(html), [html])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: shownHtml sanitises
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: shown }} />
}
