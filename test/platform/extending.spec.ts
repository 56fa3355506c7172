import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FieldType } from '../../platform/fields/field.js'

const page = readFileSync(new URL('../../docs/extending.md', import.meta.url), 'utf8')
const source = /```ts\n\/\/ platform\/fields\/grade\.ts\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const folder = mkdtempSync(join(new URL('.', import.meta.url).pathname, 'extending-'))
let grade: FieldType

beforeAll(async () => {
  const file = join(folder, 'grade.ts')
  writeFileSync(file, source.replaceAll("'./", "'../../../platform/fields/"))
  grade = ((await import(file)) as { grade: FieldType }).grade
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the field type of docs/extending.md', () => {
  it('takes its valid values as they are, and refuses the others', () => {
    const definition = { type: 'grade' }
    for (const value of grade.examples.valid) expect(grade.parse(value, definition)).toEqual({ value })
    for (const value of grade.examples.invalid) expect(grade.parse(value, definition)).toHaveProperty('misfit')
  })
  it('reads its texts', () => {
    for (const [text, value] of grade.examples.texts)
      expect(grade.fromText(text, { type: 'grade' }, { locale: 'en', timeZone: 'UTC' })).toEqual({ value })
  })
  it('is as short as the page says', () => expect(source.trim().split('\n').length).toBeLessThanOrEqual(26))
})
