import { test } from '@jest/globals'
import { pictureAll } from './page.js'

/** A `test` for the chapters of one story, each of which builds on those before: after the first that fails the others fail at once. */
export function story(): (name: string, chapter: () => Promise<void>) => void {
  let failed: string | undefined
  return (name, chapter) =>
    test(name, async () => {
      if (failed !== undefined) throw new Error(`The story ended at “${failed}”`)
      failed = name
      try {
        await chapter()
      } catch (error) {
        process.stderr.write(`What stood on the screen: ${(await pictureAll(name)).join(', ')}\n`)
        throw error
      }
      failed = undefined
    })
}
