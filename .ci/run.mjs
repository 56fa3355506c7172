import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

/** Installs, checks, tests, compares what requests cost with what they may, and counts; a step that fails counts as one failure, and so does each skipped test. */
const results = '.cache/jest.json'
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const succeeds = (...args) => spawnSync(npm, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0

function countTests() {
  if (!existsSync(results)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(results, 'utf8'),
  )
  const skipped = numPendingTests + numTodoTests
  if (skipped > 0)
    process.stdout.write(`${skipped} tests were skipped; every test must run here, those in the browser and behind a pooler too.\n`)
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites + skipped }
}

function runAll() {
  if (!succeeds('ci')) return { passed: 0, failed: 1 }
  const isChecked = succeeds('run', 'check')
  mkdirSync('.cache', { recursive: true })
  rmSync(results, { force: true })
  const isTested = succeeds('test', '--', '--json', `--outputFile=${results}`)
  const { passed, failed } = countTests()
  const isAsFast = succeeds('run', 'bench', '--', '--guard')
  const steps = [isChecked, isTested || failed > 0, isAsFast]
  return { passed: passed + (isChecked ? 1 : 0) + (isAsFast ? 1 : 0), failed: failed + steps.filter(step => !step).length }
}

const { passed, failed } = runAll()
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
