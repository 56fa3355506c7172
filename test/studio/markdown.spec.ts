import { describe, expect, it } from '@jest/globals'
import { longText } from '../../platform/fields/long-text.js'
import { marked } from '../../studio/fields/markdown-marks.js'

describe('marking a text', () => {
  it('puts marks around what is chosen and keeps it chosen', () =>
    expect(marked('a word here', 2, 6, { before: '**', behind: '**' })).toEqual({ text: 'a **word** here', from: 4, to: 8 }))
  it('begins each chosen line with the mark of a list', () =>
    expect(marked('one\ntwo\nthree', 1, 6, { before: '- ', behind: '', line: true })).toEqual({
      text: '- one\n- two\nthree',
      from: 3,
      to: 10,
    }))
})

describe('a text in Markdown', () => {
  const field = { type: 'longText', format: 'markdown' }
  it('is read without its marks where one line is shown', () =>
    expect(longText.format('## Offer\n- **see** [here](https://a.example)', field, { locale: 'en', timeZone: 'UTC' })).toBe(
      'Offer\nsee here',
    ))
  it('is kept as it was written, HTML as well: it is a text', () =>
    expect(longText.parse('<b onclick="x()">a</b>\r\nb', field)).toEqual({ value: '<b onclick="x()">a</b>\nb' }))
})
