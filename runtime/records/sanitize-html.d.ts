/** What is used of sanitize-html, which brings no types of its own. */
declare module 'sanitize-html' {
  interface Tag {
    readonly tagName: string
    readonly attribs: Readonly<Record<string, string>>
  }
  export interface Options {
    readonly allowedTags: readonly string[]
    readonly allowedAttributes: Readonly<Record<string, readonly string[]>>
    readonly allowedSchemes: readonly string[]
    readonly allowProtocolRelative: boolean
    readonly nonTextTags: readonly string[]
    readonly nestingLimit: number
    readonly transformTags: Readonly<Record<string, string | ((tag: string, attributes: Readonly<Record<string, string>>) => Tag)>>
  }
  export default function sanitizeHtml(html: string, options: Options): string
}
