import { describe, expect, it } from '@jest/globals'
import { isComposing, isKey, keyName } from '../../studio/ui/keys.js'

describe('keys while an input method composes', () => {
  it('belong to the input method, however the browser says so', () => {
    expect(isComposing({ key: 'Enter', isComposing: true })).toBe(true)
    expect(isComposing({ key: 'Enter', nativeEvent: { isComposing: true } })).toBe(true)
    expect(isComposing({ key: 'Process', keyCode: 229 })).toBe(true)
    expect(isComposing({ key: 'Enter', keyCode: 13, nativeEvent: { isComposing: false } })).toBe(false)
  })

  it('do not act: Enter only chooses the word, Esc only closes the candidates', () => {
    expect(isKey({ key: 'Enter', nativeEvent: { isComposing: true } }, 'Enter')).toBe(false)
    expect(isKey({ key: 'Escape', keyCode: 229 }, 'Escape')).toBe(false)
    expect(isKey({ key: 'Enter' }, 'Enter')).toBe(true)
    expect(isKey({ key: 'Tab' }, 'Enter', 'Tab')).toBe(true)
  })
})

describe('the name of a key', () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

  it('is the same with Ctrl and with ⌘', () => {
    expect(keyName({ ...none, key: 'k', ctrlKey: true })).toBe('mod+k')
    expect(keyName({ ...none, key: 'K', metaKey: true })).toBe('mod+k')
  })

  it('names Shift only where the sign does not say it', () => {
    expect(keyName({ ...none, key: '?', shiftKey: true })).toBe('?')
    expect(keyName({ ...none, key: 'Z', ctrlKey: true, shiftKey: true })).toBe('mod+shift+z')
    expect(keyName({ ...none, key: 'ArrowDown', shiftKey: true })).toBe('shift+arrowdown')
  })
})
