import { describe, expect, it } from '@jest/globals'
import type { TSchema } from '@sinclair/typebox'
import { kinds } from '@tessera/platform/definitions/index.js'
import { commonProperties, optionalProperties } from '@tessera/platform/fields/definition.js'
import type { Locale } from '@tessera/platform/label.js'
import { propertyChange } from '@tessera/platform/model/property-changes.js'
import { propertyWord } from '@tessera/platform/model/property-words.js'

/** What is never said to differ: a thing with another name is another thing. */
const names = ['$schema', 'was', 'type', 'value', 'transition', 'range', 'section', 'group', 'name', ...Object.keys(kinds)]
/** The lists of which a changed part says what of it differs. */
const lists = ['options', 'labels', 'rules', 'unique', 'ranges', 'indexes', 'sections', 'groups', 'measures']

const properties = (): string[] => {
  const top: Record<string, TSchema> = {}
  for (const shape of [commonProperties, optionalProperties, ...Object.values(kinds).map(kind => kind.shape.properties)])
    Object.assign(top, shape)
  const of = (list: TSchema | undefined) => Object.keys((list?.items as TSchema | undefined)?.properties ?? {})
  const transitions = top.states?.properties.transitions as TSchema | undefined
  const all = [...Object.keys(top), ...lists.flatMap(list => of(top[list])), ...of(transitions)]
  return [...new Set(all)].filter(name => !names.includes(name))
}

const fieldLabel = (name: string) => (['size', 'extent'].includes(name) ? 'Size' : '')
const change = (property: string, before: object, after: object, locale: Locale) =>
  propertyChange(property, { ...before }, { ...after }, { locale, fieldLabel })

describe('what a publish changes, in words', () => {
  it.each(properties())('has words for %s', property => {
    expect([propertyWord(property, 'en'), propertyWord(property, 'zh-CN')]).not.toEqual([property, property])
  })

  it('shows a text, a number and a yes-or-no as they were and as they are', () => {
    const before = { label: { en: 'Size', 'zh-CN': '尺寸' }, maxLength: 10 }
    const after = { label: { en: 'Depth', 'zh-CN': '尺寸' }, required: true }
    expect(['label', 'maxLength', 'required'].map(property => change(property, before, after, 'en'))).toEqual([
      'label: “Size” → “Depth”',
      'most characters: 10 → none',
      'required: no → yes',
    ])
    expect(['label', 'maxLength', 'required'].map(property => change(property, before, after, 'zh-CN'))).toEqual([
      '名称',
      '最多字符数：10 → 无',
      '必填：否 → 是',
    ])
  })

  it('tells which parts of a list came, went and differ', () => {
    const option = (value: string, color = 'gray') => ({ value, label: value.toUpperCase(), color })
    const before = { options: [option('a'), option('b'), option('c')] }
    const after = { options: [option('a'), option('c', 'red'), option('d')] }
    expect(change('options', before, after, 'en')).toBe('options: new “D”, removed “B”, changed “C” (colour)')
    expect(change('options', before, after, 'zh-CN')).toBe('选项：新增「D」，移除「B」，修改「C」（颜色）')
    expect(change('options', before, { options: [...before.options].reverse() }, 'en')).toBe('options: order')
    const many = { options: 'abcdef'.split('').map(value => option(value)) }
    expect(change('options', {}, many, 'en')).toBe('options: new “A”, “B”, “C”, “D” and 2 more')
  })

  it('calls fields of a form or view as their object does', () => {
    const section = (...fields: unknown[]) => ({ sections: [{ section: 'main', label: 'Main', fields }] })
    expect(change('columns', { columns: ['code'] }, { columns: ['code', { field: 'size', width: 90 }] }, 'en')).toBe('columns: new “Size”')
    expect(change('sections', section('size', 'code'), section('code'), 'en')).toBe('sections: changed “Main” (fields: removed “Size”)')
    expect(change('sections', section('size', 'code'), section('code', 'size'), 'zh-CN')).toBe('分区：修改「Main」（字段：顺序）')
  })

  it('does not tell a renamed field as one that went and one that came', () =>
    expect(change('columns', { columns: ['extent', 'code'] }, { columns: ['size', 'code'] }, 'en')).toBe('columns'))

  it('names the transitions of a state machine, and a rule only by what it is for', () => {
    const states = (when: unknown) => ({
      states: { initial: ['a'], transitions: [{ transition: 'go', label: 'Go', from: ['a'], to: 'b', when }] },
    })
    expect(change('states', states(true), states(false), 'en')).toBe('state machine: changed “Go” (condition)')
    expect(change('states', {}, states(true), 'zh-CN')).toBe('状态机：新增「Go」')
    expect(change('visibleWhen', { visibleWhen: true }, { visibleWhen: { '==': [1, 1] } }, 'en')).toBe('visible when')
  })

  it('takes names from outside as plain names', () => {
    expect(change('__proto__', {}, {}, 'en')).toBe('__proto__')
    expect(propertyWord('constructor', 'en')).toBe('constructor')
  })
})
