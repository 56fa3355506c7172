import { describe, expect, it } from '@jest/globals'
import { startTestApp } from '../support/app.js'
import { publishUnderLoad } from '../support/publish-load.js'
import { serveProgram } from '../support/served.js'

const seed = Date.now() % 1_000_000
process.stdout.write(`publishing under load: seed ${seed}\n`)

describe('publishing 30 times and going back 10 times while 50 people work at two nodes', () => {
  it('fails no request but by saying that the model changed, loses no value, and holds nobody up', async () => {
    const app = await startTestApp('publish-under-load-long', [{}])
    const nodes = [await serveProgram(), await serveProgram()]
    try {
      const size = { users: 50, publishes: 30, rollbacks: 10, between: 1_500, pause: 500, seed }
      const urls = nodes.map(({ url }) => url)
      const { failures, lost, calm, moving, ...counts } = await publishUnderLoad(app, urls, size, 60_000)
      process.stdout.write(`${JSON.stringify({ ...counts, calm, moving })}\n`)
      expect(failures.slice(0, 3)).toEqual([])
      expect(lost.slice(0, 3)).toEqual([])
      expect(moving).toBeLessThan(calm + 300)
    } finally {
      for (const { kill } of nodes) await kill()
      await app.close()
    }
  })
})
