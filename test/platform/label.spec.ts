import { describe, expect, it } from '@jest/globals'
import { acceptedLocale } from '@tessera/platform/label.js'

describe('the language that a request asks for', () => {
  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB', 'en'],
    ['fr-FR, en;q=0.2, zh;q=0.7', 'zh-CN'],
    ['EN;q=0, zh;q=0.1', 'zh-CN'],
  ])('%s is %s', (header, locale) => expect(acceptedLocale(header)).toBe(locale))

  it.each([undefined, '', '*', 'fr', 'fr;q=0.5,*;q=0.1', ';;,q=,;q=x'])('%p asks for none of ours', header =>
    expect(acceptedLocale(header)).toBeNull(),
  )
})
