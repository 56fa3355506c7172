import { describe, expect, it } from '@jest/globals'
import { readingFor, rowsIn } from '../../studio/views/list/loaded-part.js'

const begin = { from: 0, to: 100, hasBefore: false, hasAfter: true }
const middle = { from: 500, to: 1500, hasBefore: true, hasAfter: true }

describe('what a list reads next', () => {
  it('is nothing while there is enough around what is looked at', () => {
    expect(readingFor(begin, 0, 20)).toBeNull()
    expect(readingFor(middle, 900, 920)).toBeNull()
  })
  it('is more at the end that one comes near', () => {
    expect(readingFor(begin, 50, 70)).toBe('after')
    expect(readingFor(middle, 1480, 1500)).toBe('after')
    expect(readingFor(middle, 510, 530)).toBe('before')
  })
  it('is another part where one looks far away from what is loaded', () => {
    expect(readingFor(begin, 50_000, 50_020)).toEqual({ row: 50_000 })
    expect(readingFor(middle, 0, 20)).toEqual({ row: 0 })
  })
  it('is nothing behind the end, whatever the list was thought to have', () =>
    expect(readingFor({ ...middle, hasAfter: false }, 4_000, 4_020)).toBeNull())
  it('is the beginning once more when rows above came or went meanwhile', () => {
    expect(readingFor({ from: 3, to: 103, hasBefore: false, hasAfter: true }, 0, 20)).toEqual({ row: 0 })
    expect(readingFor({ from: 0, to: 100, hasBefore: true, hasAfter: true }, 0, 20)).toEqual({ row: 0 })
  })
})

describe('the number of rows of a list', () => {
  it('is what was told until the end was seen', () => {
    expect(rowsIn(begin, 99_000)).toBe(99_000)
    expect(rowsIn({ ...middle, hasAfter: false }, 99_000)).toBe(1_500)
  })
  it('is never less than what is loaded and one more', () => {
    expect(rowsIn(middle, 1_200)).toBe(1_501)
    expect(rowsIn(begin, undefined)).toBe(101)
  })
})
