import { describe, expect, it } from '@jest/globals'
import { killWhileFollowingUp, killWhileImporting, random } from '../support/kill-rounds.js'

const seed = Date.now() % 1_000_000
process.stdout.write(`kill rounds: seed ${seed}\n`)

/** Each start of the program takes its time on a busy machine. */
const patience = 150_000

describe('a process that is killed at any moment', () => {
  it(
    'loses no follow-up and does none twice',
    async () => {
      await killWhileFollowingUp('workflows-kill', 1, 60, random(seed))
    },
    patience,
  )

  it(
    'loses no row of an import and writes none twice',
    async () => {
      expect(await killWhileImporting('imports-kill', 4_000, 1, random(seed + 1))).toBeGreaterThan(0)
    },
    patience,
  )
})
