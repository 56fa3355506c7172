import type { ViewDefinition } from '@tessera/platform/definitions/view.js'

/** What a part of the view designer works on. */
export interface ViewPartProps {
  view: ViewDefinition
}
