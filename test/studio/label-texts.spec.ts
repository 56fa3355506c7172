import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { labelTexts, textIn, toldIn, withText } from '../../studio/builder/label-texts.js'

const elements: Elements = {
  'objects/tool': {
    kind: 'object',
    name: 'tool',
    definition: {
      object: 'tool',
      label: { en: 'Tool', 'zh-CN': '工具' },
      fields: {
        name: { type: 'text', label: 'SKU' },
        state: { type: 'select', label: { en: 'State' }, options: [{ value: 'en', label: { 'zh-CN': '可用' } }] },
      },
      rules: [{ rule: 'x', when: { '==': [{ var: 'state' }, 'en'] }, message: { en: 'Not now' } }],
    },
  },
}

describe('Texts of definitions', () => {
  it('are found wherever they stand, and nothing else is taken for one', () => {
    expect(labelTexts(elements).map(({ keys }) => keys.join('/'))).toEqual([
      'label',
      'fields/name/label',
      'fields/state/label',
      'fields/state/options/0/label',
      'rules/0/message',
    ])
  })

  it('count for a language where they have a text in it, or one for all', () => {
    const texts = labelTexts(elements)
    expect([toldIn(texts, 'en'), toldIn(texts, 'zh-CN')]).toEqual([4, 3])
    expect(textIn('SKU', 'zh-CN')).toBe('SKU')
  })

  it('take another text in one language, and the rest stays as it is', () => {
    const at = (keys: string) => ({ path: 'objects/tool', keys: keys.split('/') })
    const after = withText(withText(elements, at('fields/state/label'), 'zh-CN', '状态'), at('fields/name/label'), 'zh-CN', '编码')
    const fields = after['objects/tool']?.definition.fields as Record<string, { label: unknown }> | undefined
    expect(fields?.state?.label).toEqual({ en: 'State', 'zh-CN': '状态' })
    expect(fields?.name?.label).toEqual({ en: 'SKU', 'zh-CN': '编码' })
    expect(labelTexts(after)).toHaveLength(labelTexts(elements).length)
  })

  it('keep their last text, whatever is taken away', () => {
    const at = { path: 'objects/tool', keys: ['fields', 'state', 'label'] }
    expect(withText(elements, at, 'en', '')['objects/tool']?.definition).toEqual(elements['objects/tool']?.definition)
    const both = { path: 'objects/tool', keys: ['label'] }
    expect(withText(elements, both, 'en', '')['objects/tool']?.definition.label).toEqual({ 'zh-CN': '工具' })
  })

  it('are left alone where no text stands', () => {
    expect(withText(elements, { path: 'objects/none', keys: ['label'] }, 'en', 'x')).toBe(elements)
  })
})
