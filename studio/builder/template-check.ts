import { useEffect, useState } from 'react'

export type CheckMore = typeof import('./template-issues.js')['templateIssuesIn']

const none: CheckMore = () => []

/** What finds the problems of the templates; it comes after the page, which most often is about something else. */
export function useTemplateCheck(): CheckMore {
  const [check, setCheck] = useState(() => none)
  useEffect(() => {
    // without a network the server finds them when the draft is checked
    import('./template-issues.js').then(
      ({ templateIssuesIn }) => setCheck(() => templateIssuesIn),
      () => undefined,
    )
  }, [])
  return check
}
