import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { onDropped } from '../../studio/api/carry-over.js'
import { writesOf } from '../../studio/api/writes.js'

const text = (label: string, was: readonly string[] = []) => ({ type: 'text', label, ...(was.length > 0 ? { was } : {}) })
const definitions = (fields: object, ofLine: object) => [
  { object: 'deal', plural: 'deals', label: 'Deal', title: 'name', fields: { name: text('Name'), ...fields } },
  {
    object: 'line',
    plural: 'lines',
    label: 'Line',
    fields: { deal: { type: 'masterDetail', label: 'Deal', to: 'deal', inverse: 'lines' }, ...ofLine },
  },
]
const before = definitions({ budget: text('Budget') }, { what: text('What') })
const published = definitions({}, { text: text('Text', ['what']) })

const { model } = compileModel(before.map(elementOf).filter(element => element !== null))
const deal = model.objects.deal
if (!deal) throw new Error('The example is broken')
const noCache = { setQueriesData: () => [], invalidateQueries: async () => undefined }

const realFetch = globalThis.fetch
let sent: { variables: Record<string, unknown>; query: string }[] = []

/** A server where somebody has published: it knows no field of the version before. */
beforeEach(() => {
  sent = []
  globalThis.fetch = (async (path: string, init: { body: string }) => {
    const asked = JSON.parse(init.body) as (typeof sent)[number]
    if (path === '/platform') return Response.json({ data: { app: { definitions: published } } })
    sent.push(asked)
    const issues = [{ code: 'INPUT_INVALID', path: 'data/budget', message: '' }]
    const refused = { message: 'budget', extensions: { code: 'BAD_REQUEST', issues } }
    return Response.json(sent.length === 1 ? { errors: [refused], data: null } : { data: { record: { id: '1', version: 5 } } })
  }) as unknown as typeof fetch
})
afterEach(() => {
  globalThis.fetch = realFetch
})

describe('saving what was typed before somebody published', () => {
  const writes = writesOf(noCache as unknown as Parameters<typeof writesOf>[0], deal, model)
  const told = async (save: () => Promise<unknown>) => {
    const dropped: unknown[] = []
    const stop = onDropped(found => dropped.push(...found.map(({ label, value }) => [label, value])))
    await save()
    stop()
    return dropped
  }

  it('changes a record with what still has a place, at the version it was read with, and tells the rest', async () => {
    const data = { name: 'Mill', budget: 'much', lines: { update: [{ id: '2', version: 1, data: { what: 'B' } }] } }
    const save = () => writes.update({ id: '1', version: 4 }, { shown: {}, data })
    expect(await told(save)).toEqual([['Budget', 'much']])
    expect(sent.at(-1)?.variables).toEqual({
      id: '1',
      version: 4,
      data: { name: 'Mill', lines: { update: [{ id: '2', version: 1, data: { text: 'B' } }] } },
    })
  })

  it('makes a record, and tells nothing where nothing was lost', async () => {
    const data = { name: 'Mill', lines: { create: [{ what: 'A' }] } }
    expect(await told(() => writes.create(data))).toEqual([])
    expect(sent.at(-1)?.variables).toEqual({ data: { name: 'Mill', lines: { create: [{ text: 'A' }] } } })
  })
})
