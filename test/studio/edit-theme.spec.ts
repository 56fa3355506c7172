import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { appDefinition, changeTheme } from '../../studio/builder/edit-theme.js'
import { lookOf } from '../../studio/ui/look.js'

const elements: Elements = { app: { kind: 'app', name: 'crm', definition: { app: 'crm', label: 'CRM' } } }

describe('the theme of an app', () => {
  it('is written down only where it is not as usual', () => {
    const teal = changeTheme(elements, { accent: 'teal' })
    expect(appDefinition(teal)?.theme).toEqual({ accent: 'teal' })
    const compact = changeTheme(teal, { density: 'compact' })
    expect(appDefinition(compact)?.theme).toEqual({ accent: 'teal', density: 'compact' })
    expect(appDefinition(changeTheme(changeTheme(compact, { accent: 'indigo' }), { density: 'comfortable' }))).toEqual({
      app: 'crm',
      label: 'CRM',
    })
  })

  it('changes nothing where there is no app', () => expect(changeTheme({}, { accent: 'teal' })).toEqual({}))

  it('gives the look of the product; what is not known is as usual', () => {
    expect(lookOf({ accent: 'teal', density: 'compact' })).toEqual({ accent: 'teal', density: 'compact' })
    expect(lookOf({ accent: 'neon' })).toEqual({ accent: 'indigo', density: 'comfortable' })
    expect(lookOf(undefined)).toEqual({ accent: 'indigo', density: 'comfortable' })
  })
})
