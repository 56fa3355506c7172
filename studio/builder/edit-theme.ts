import type { AppDefinition } from '@tessera/platform/definitions/app.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { lookup } from '@tessera/platform/registry.js'
import { changeElement } from './edit-element.js'

export type Theme = NonNullable<AppDefinition['theme']>

/** The app as its definition says it; undefined when there is none. */
export const appDefinition = (elements: Elements): AppDefinition | undefined =>
  lookup(elements, 'app')?.definition as unknown as AppDefinition | undefined

/** Changes the theme of the app; what is as usual is not written down. */
export function changeTheme(elements: Elements, change: Theme): Elements {
  const { accent, density } = { ...appDefinition(elements)?.theme, ...change }
  const theme = {
    ...(accent === undefined || accent === 'indigo' ? {} : { accent }),
    ...(density === undefined || density === 'comfortable' ? {} : { density }),
  }
  return changeElement(elements, 'app', { theme: Object.keys(theme).length > 0 ? theme : undefined })
}
