import { describe, expect, it } from '@jest/globals'
import { killWhileFollowingUp, killWhileImporting, random } from '../support/kill-rounds.js'

const seed = Date.now() % 1_000_000
process.stdout.write(`kill rounds: seed ${seed}\n`)

describe('a process that is killed at any moment, many times', () => {
  it('loses no follow-up and does none twice', async () => {
    await killWhileFollowingUp('workflows-kill', 50, 200, random(seed))
  })

  it('loses no row of an import and writes none twice', async () => {
    expect(await killWhileImporting('imports-kill', 100_000, 20, random(seed + 1))).toBeGreaterThan(3)
  })
})
