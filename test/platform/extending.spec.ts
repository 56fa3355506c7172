import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FieldType } from '../../platform/fields/field.js'

const page = readFileSync(new URL('../../docs/extending.md', import.meta.url), 'utf8')
const source = /```ts\n\/\/ platform\/fields\/rating\.ts\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const folder = mkdtempSync(join(new URL('.', import.meta.url).pathname, 'extending-'))
let rating: FieldType

beforeAll(async () => {
  const file = join(folder, 'rating.ts')
  writeFileSync(file, source.replaceAll("'./", "'../../../platform/fields/"))
  rating = ((await import(file)) as { rating: FieldType }).rating
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the field type of docs/extending.md', () => {
  it('takes its valid values as they are, and refuses the others', () => {
    const definition = { type: 'rating' }
    for (const value of rating.examples.valid) expect(rating.parse(value, definition)).toEqual({ value })
    for (const value of rating.examples.invalid) expect(rating.parse(value, definition)).toHaveProperty('misfit')
  })
  it('reads its texts', () => {
    for (const [text, value] of rating.examples.texts)
      expect(rating.fromText(text, { type: 'rating' }, { locale: 'en', timeZone: 'UTC' })).toEqual({ value })
  })
  it('is as short as the page says', () => expect(source.trim().split('\n').length).toBeLessThanOrEqual(26))
})
