import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startTestApp, type TestApp } from '../support/app.js'
import { emptyDatabase, type OwnDatabase } from '../support/database.js'
import { hostileRequests, sendHostile } from '../support/hostile-requests.js'

let app: TestApp
let database: OwnDatabase
beforeAll(async () => {
  // the network that sends them is kept out for a while, in this database alone
  database = await emptyDatabase()
  app = await startTestApp('hostile', [{}], undefined, { DATABASE_URL: database.url })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('a load of requests that mean no good', () => {
  it('leaves the server serving, for minutes, and its memory as it was', async () => {
    const sizes: number[] = []
    const waits: number[] = []
    for (let round = 0; round < 60; round++) {
      for (let first = 0; first < hostileRequests.length; first += 40) {
        const hostile = Promise.all(hostileRequests.slice(first, first + 40).map(one => sendHostile(app.url, one)))
        const start = performance.now()
        expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
        waits.push(performance.now() - start)
        const failed = (await hostile).filter(reaction => typeof reaction === 'number' && reaction >= 500)
        expect(failed).toEqual([])
      }
      sizes.push(process.memoryUsage().rss / 1e6)
    }
    const [third, last] = [Math.max(...sizes.slice(0, 20)), Math.max(...sizes.slice(-20))]
    const slow = [...waits].sort((one, other) => one - other)[Math.floor(waits.length * 0.95)] ?? 0
    process.stdout.write(
      `hostile load: 95 % of looks within ${slow.toFixed(0)} ms; memory ${third.toFixed(0)} MB, at the end ${last.toFixed(0)} MB\n`,
    )
    expect(last).toBeLessThan(third * 1.5 + 100)
  })
})
