import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { questionedLookups } from '../../studio/fields/unfit-lookups.js'

const { model } = compileModel(
  [
    {
      object: 'trip',
      plural: 'trips',
      label: 'Trip',
      fields: {
        name: { type: 'text' },
        agency: { type: 'lookup', to: 'agency', onDelete: 'setNull' },
        guide: {
          type: 'lookup',
          to: 'guide',
          onDelete: 'setNull',
          candidates: { '==': [{ var: 'agency' }, { var: 'parent.agency' }] },
        },
      },
    },
    { object: 'agency', plural: 'agencies', label: 'Agency', fields: { name: { type: 'text' } } },
    {
      object: 'guide',
      plural: 'guides',
      label: 'Guide',
      fields: { name: { type: 'text' }, agency: { type: 'lookup', to: 'agency', onDelete: 'setNull' } },
    },
  ]
    .map(elementOf)
    .filter(element => element !== null),
)
const asked = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  questionedLookups({ model }, model.objects.trip as ObjectModel, before, { ...before, ...after }).map(({ field }) => field.name)

describe('lookups that a change may leave without their ground', () => {
  it('are asked about when what they were chosen by changes', () =>
    expect(asked({ agencyId: 'a', guideId: 'g' }, { agencyId: 'b' })).toEqual(['guide']))

  it('are left alone when they are empty, chosen at once, or nothing of it changes', () => {
    expect(asked({ agencyId: 'a', guideId: null }, { agencyId: 'b' })).toEqual([])
    expect(asked({ agencyId: 'a', guideId: 'g' }, { agencyId: 'b', guideId: 'h' })).toEqual([])
    expect(asked({ agencyId: 'a', guideId: 'g' }, { name: 'n' })).toEqual([])
  })
})
