import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'

const directory = mkdtempSync(join(tmpdir(), 'tessera-sharded-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Results {
  readonly numPassedTests: number
  readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[]
}

describe('the tests of the runtime', () => {
  it('pass as if each schema lay on a machine of its own: a role for each, an empty search_path, the statements of a write one by one', () => {
    const results = join(directory, 'results.json')
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
    const { TESSERA_TEST_LONG: _, JEST_WORKER_ID: __, ...environment } = process.env
    // the second name has the program built that some of them start
    const chosen = ['test/runtime', 'runtime/serve', '--runInBand', '--testTimeout=900000', '--json', `--outputFile=${results}`]
    spawnSync(process.execPath, [...flags, ...chosen], {
      stdio: 'ignore',
      env: { ...environment, TESSERA_TEST_SHARDED: 'on', DATABASE_FOLD: 'off' },
    })
    const { numPassedTests, testResults } = JSON.parse(readFileSync(results, 'utf8')) as Results
    const failed = testResults.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed'))
    expect(failed.map(({ fullName }) => fullName)).toEqual([])
    expect(numPassedTests).toBeGreaterThan(800)
  })
})
