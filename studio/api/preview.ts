const key = 'tessera.preview'

/** The draft that this tab shows in the place of what is live; a link to it is opened once, and then the tab remembers. */
function opened(): string | null {
  const asked = new URLSearchParams(location.search).get('preview')
  if (asked === null) return sessionStorage.getItem(key)
  sessionStorage.setItem(key, asked)
  history.replaceState(null, '', location.pathname)
  return asked
}

/** The id of the draft that this tab shows; null where it shows what is live. */
export const previewed: string | null = typeof location === 'undefined' ? null : opened()

/** What requests for records say, so that they are answered as the draft would have it. */
export const previewHeader: Readonly<Record<string, string>> = previewed === null ? {} : { 'x-tessera-draft': previewed }

/** Where a draft is shown, for whoever was let in. */
export const previewLink = (id: string): string => `${location.origin}/?preview=${id}`

/** Goes back to what is live. */
export function leavePreview(): void {
  sessionStorage.removeItem(key)
  location.assign('/')
}
