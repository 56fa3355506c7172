import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startTestApp, type TestApp } from '../support/app.js'
import { publishUnderLoad } from '../support/publish-load.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp('publish-under-load', [{}], undefined, {}, 'bare')
})
afterAll(() => app.close())

describe('publishing and going back while people read and write', () => {
  it('fails no request but by saying that the model changed, and loses no value', async () => {
    const size = { users: 10, publishes: 6, rollbacks: 2, between: 200, pause: 5, seed: 20_261 }
    const { failures, lost, publishes, written } = await publishUnderLoad(app, [app.url], size)
    expect(failures.slice(0, 3)).toEqual([])
    expect(lost.slice(0, 3)).toEqual([])
    expect(publishes).toBe(8)
    expect(written).toBeGreaterThan(50)
  })
})
