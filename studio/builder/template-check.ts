import type { Elements } from '@tessera/platform/editing/elements.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import type { Model } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useState } from 'react'

type Check = typeof import('@tessera/platform/model/templates.js')

const none: readonly Issue[] = []

/** The problems of the templates; what finds them comes after the page, which most often is about something else. */
export function useTemplateIssues(model: Model, elements: Elements, locale: Locale): readonly Issue[] {
  const [check, setCheck] = useState<Check | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('@tessera/platform/model/templates.js').then(loaded => {
      if (isCurrent) setCheck(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [])
  return useMemo(() => {
    const found = check?.issuesOfTemplates(model, Object.values(elements)) ?? none
    return found.map(issue => localizeIssue(issue, locale))
  }, [check, model, elements, locale])
}
