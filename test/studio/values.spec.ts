import { describe, expect, it } from '@jest/globals'
import { asPercent } from '../../studio/fields/percent.js'
import { linesInput } from '../../studio/forms/lines-input.js'
import { initials } from '../../studio/ui/avatar.js'
import { relativeTime } from '../../studio/views/record/relative-time.js'

describe('a share as per cent', () => {
  it.each([
    ['0.15', '15'],
    ['1', '100'],
    ['0.0525', '5.25'],
    ['0', '0'],
    ['-0.5', '-50'],
    ['12', '1200'],
    ['x', 'x'],
    ['0.005', '0.5'],
  ])('%s is %s', (stored, shown) => expect(asPercent(stored)).toBe(shown))
})

describe('the letters of a person', () => {
  it.each([
    ['Amelia Novak', 28, 'AN'],
    ['陈思远', 28, '思远'],
    ['陈思远', 20, '远'],
    ['周立', 28, '周立'],
    ['x@demo.test', 28, 'XT'],
    ['', 28, '?'],
  ])('%s at %d is %s', (name, size, letters) => expect(initials(name, size)).toBe(letters))
})

describe('how long ago', () => {
  const now = Date.parse('2026-11-22T06:05:00.000Z')
  const ago = (minutes: number, locale: 'en' | 'zh-CN' = 'en') =>
    relativeTime(new Date(now - minutes * 60_000).toISOString(), locale, 'Asia/Shanghai', 'just now', now)
  it('is said in words for a week, then by the date', () => {
    expect(ago(0)).toBe('just now')
    expect(ago(35)).toBe('35 minutes ago')
    expect(ago(35, 'zh-CN')).toBe('35分钟前')
    expect(ago(60 * 24)).toBe('yesterday 14:05')
    expect(ago(60 * 24 * 8)).toBe('14 Nov 2026')
  })
})

describe('lines of a form as the API takes them', () => {
  const before = {
    nodes: [
      { id: '1', version: 2, quantity: '1', productId: 'p', product: { id: 'p', title: 'P' } },
      { id: '2', version: 1, quantity: '2' },
    ],
  }
  it('are nothing when nothing changed', () => expect(linesInput(before, before.nodes)).toBeUndefined())
  it('are made, changed and deleted by what happened to them', () =>
    expect(
      linesInput(before, [
        { ...before.nodes[0], quantity: '3' },
        { quantity: '5', productId: 'q', product: { id: 'q', title: 'Q' }, note: null },
      ]),
    ).toEqual({
      create: [{ quantity: '5', productId: 'q' }],
      update: [{ id: '1', version: 2, data: { quantity: '3' } }],
      delete: ['2'],
    }))
})
