import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { useMemo } from 'react'

// HTML stays text, and pictures would tell other sites who reads
const reader = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('image')
const tags = 'a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul'.split(' ')

/** Markdown as HTML of few tags, whatever was written; links lead out of the app. */
export const markdownHtml = (text: string): string =>
  DOMPurify.sanitize(reader.render(text), {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  }).replaceAll('<a href=', '<a target="_blank" rel="noreferrer noopener" href=')

/** A text as its Markdown says. */
export function Markdown({ text }: { text: string }) {
  const html = useMemo(() => markdownHtml(text), [text])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: markdownHtml sanitises
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}
