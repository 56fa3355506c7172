import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Runs the long suite: full-size random tests, kill rounds, soaks; then prints one line for each with its time. */
const results = join('.cache', 'long.json')
mkdirSync('.cache', { recursive: true })
rmSync(results, { force: true })
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, TESSERA_TEST_LONG: 'on' } },
)
if (existsSync(results)) {
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'))
  for (const { assertionResults } of testResults) {
    for (const { status: outcome, duration, fullName } of assertionResults) {
      process.stdout.write(`${outcome.padEnd(8)}${((duration ?? 0) / 1000).toFixed(1).padStart(9)} s  ${fullName}\n`)
    }
  }
}
process.exitCode = status ?? 1
