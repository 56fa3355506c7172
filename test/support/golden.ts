import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'

/** Where input and output of whole flows lie. */
export const goldenFolder = (...parts: string[]): string => join('test', 'golden', ...parts)

/** Whether the run rewrites golden files (`npm test -- -u`). */
const isUpdating = (): boolean =>
  (expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: string } }).snapshotState?._updateSnapshot === 'all'

/** Expects a text to be that of a golden file; writes the file when it is new or the run updates. */
export function expectGolden(path: string, text: string): void {
  if (isUpdating() || !existsSync(path)) {
    if (process.env.CI && !isUpdating()) throw new Error(`${path} is not there`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  expect(text).toBe(readFileSync(path, 'utf8'))
}
