import { describe, expect, it } from '@jest/globals'
import { maskedText, maskOf } from '../../platform/fields/masks.js'

describe('masked texts', () => {
  it.each([
    ['phone', '13812341234', '138****1234'],
    ['phone', '1381234', '****'],
    ['phone', '', ''],
    ['email', 'ann@example.com', 'a****@example.com'],
    ['email', '@example.com', '****'],
    ['text', '张伟', '张****'],
    ['text', '𠮷野家', '𠮷****'],
    ['text', 'A', '****'],
    ['longText', 'all of it', '****'],
  ])('%s: %s is shown as %s', (type, text, shown) => expect(maskedText(text, maskOf({ type }) ?? { kind: 'ends' })).toBe(shown))

  it('take the mask of their field before that of their type', () => {
    expect(maskedText('13812341234', maskOf({ type: 'phone', mask: { kind: 'ends', first: 0, last: 2 } }) ?? { kind: 'all' })).toBe(
      '****34',
    )
    expect(maskOf({ type: 'money' })).toBeNull()
  })
})
