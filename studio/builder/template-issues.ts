import type { Elements } from '@tessera/platform/editing/elements.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import type { Model } from '@tessera/platform/model/model.js'
import { issuesOfTemplates } from '@tessera/platform/model/templates.js'

/** What is wrong in the templates of a draft, in the reader's language. */
export const templateIssuesIn = ({ model, elements }: { model: Model; elements: Elements }, locale: Locale): Issue[] =>
  issuesOfTemplates(model, Object.values(elements)).map(found => localizeIssue(found, locale))
