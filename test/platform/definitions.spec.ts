import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { canonical } from '../../platform/definitions/canonical.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { schemaFiles } from '../../platform/definitions/json-schema.js'
import { localizeIssue } from '../../platform/errors.js'
import { fieldTypes } from '../../platform/fields/index.js'
import { compileModel } from '../../platform/model/compile.js'
import { readFolder } from '../../runtime/commands/folder.js'

const check = (...documents: unknown[]) => {
  const { elements, issues } = readDefinitions(documents.map((json, index) => ({ source: `put/${index}`, json })))
  return [...issues, ...compileModel(elements).issues]
}

const shipped = readFolder('metadata').files

describe('the canonical form', () => {
  it.each(shipped.map(({ path, json, text }) => [path, json, text] as const))('is the form of %s', (_, json, text) =>
    expect(canonical(json)).toBe(text),
  )

  it('orders keys by the kind, keeps maps in their order, and is stable', () => {
    const messy = {
      object: 'thing',
      fields: { z: { label: 'Z', options: [{ label: 'A', value: 'a' }], type: 'select' }, a: { type: 'text' } },
      label: { 'zh-CN': '物', en: 'Thing' },
      plural: 'things',
    }
    const printed = canonical(messy)
    expect(printed).toBe(`{
  "$schema": "../../schema/object.json",
  "object": "thing",
  "plural": "things",
  "label": { "en": "Thing", "zh-CN": "物" },
  "fields": {
    "z": { "type": "select", "label": "Z", "options": [{ "value": "a", "label": "A" }] },
    "a": { "type": "text" }
  }
}
`)
    expect(canonical(JSON.parse(printed))).toBe(printed)
  })

  it('says the kind by the first key, and needs no other word for it', () => {
    expect(canonical({ kind: 'object', plural: 'as', object: 'a', label: 'A', fields: {} })).toBe(
      canonical({ object: 'a', plural: 'as', label: 'A', fields: {} }),
    )
    expect(JSON.parse(canonical({ view: 'all', label: 'All', object: 'a', kind: 'list' }))).toMatchObject({ kind: 'list' })
  })

  it('breaks what is longer than a line', () => {
    const options = Array.from({ length: 8 }, (_, index) => ({ value: `option${index}`, label: `Option ${index}` }))
    const printed = canonical({ object: 'a', plural: 'as', label: 'A', fields: { choice: { type: 'select', options } } })
    expect(Math.max(...printed.split('\n').map(line => line.length))).toBeLessThanOrEqual(160)
    expect(printed).toContain('        { "value": "option0", "label": "Option 0" },\n')
  })
})

describe('the schemas for editors', () => {
  it('are the files on disk, and know every type of field', () => {
    for (const [file, text] of Object.entries(schemaFiles()))
      expect([file, readFileSync(`metadata/schema/${file}`, 'utf8')]).toEqual([file, text])
    const { properties } = JSON.parse(schemaFiles()['object.json'] ?? '') as {
      properties: { fields: { additionalProperties: { anyOf: { title: string }[] } } }
    }
    expect(properties.fields.additionalProperties.anyOf.map(({ title }) => title)).toEqual(Object.keys(fieldTypes))
  })
})

describe('ten mistakes in one definition', () => {
  const mistaken = {
    object: 'training',
    plural: 'trainings',
    label: 'Training',
    title: 'nmae',
    colour: 'red',
    fields: {
      name: { type: 'text', label: 'Name', maxLenght: 20 },
      room: { type: 'lookup', to: 'rom' },
      price: { type: 'money', currency: 'record' },
      level: { type: 'select', options: [{ value: 'a' }, { value: 'a' }] },
      seats: { type: 'integer', default: 'many' },
      days: { type: 'intger' },
      id: { type: 'text' },
      code: { type: 'text', pattern: '(' },
    },
    rules: [{ rule: 'enough', message: 'Too few', must: { '>': [{ var: 'seets' }, 3] } }],
  }

  it('are ten issues with paths and hints', () => {
    const issues = check(mistaken, { object: 'room', plural: 'rooms', label: 'Room', fields: { name: { type: 'text' } } })
    expect(issues.map(({ code, path }) => `${path} ${code}`).sort()).toEqual([
      'objects/training/colour PROPERTY_UNKNOWN',
      'objects/training/fields/code/pattern PATTERN_INVALID',
      'objects/training/fields/days/type FIELD_TYPE_UNKNOWN',
      'objects/training/fields/id NAME_TAKEN',
      'objects/training/fields/level/options/1 OPTION_DOUBLE',
      'objects/training/fields/name/maxLenght PROPERTY_UNKNOWN',
      'objects/training/fields/price/currency CURRENCY_FIELD_MISSING',
      'objects/training/fields/room/to RELATION_TARGET_UNKNOWN',
      'objects/training/fields/seats/default DEFAULT_INVALID',
      'objects/training/rules/0/must/>/0/var RULE_FIELD_UNKNOWN',
      'objects/training/title TITLE_UNKNOWN',
    ])
    for (const found of issues)
      for (const locale of ['en', 'zh-CN'] as const) expect([found.code, localizeIssue(found, locale).hint]).not.toEqual([found.code, ''])
    expect(issues.find(({ path }) => path.endsWith('maxLenght'))?.hint).toBe('Did you mean “maxLength”?')
    expect(issues.find(({ path }) => path.endsWith('room/to'))?.hint).toBe('Did you mean “room”?')
  })
})

describe('reading definitions', () => {
  it('tells what is missing, doubled or of no kind', () => {
    const issues = check(
      { objekt: 'a' },
      7,
      { view: 'all', label: 'All', kind: 'lst' },
      { role: 'r', label: 'R', grants: {} },
      { role: 'r', label: 'R', grants: {} },
      { report: 'Bad name', label: 'B', object: 'a', groupBy: [], measures: [{ name: 'n' }] },
    )
    expect(issues.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'put/0 KIND_UNKNOWN',
      'put/1 KIND_UNKNOWN',
      'views/all/object PROPERTY_MISSING',
      'views/all/kind SHAPE_INVALID',
      'roles/r ELEMENT_DOUBLE',
      'reports/Bad name/report NAME_INVALID',
      'reports/Bad name/groupBy SHAPE_INVALID',
      'reports/Bad name/measures/0 SHAPE_INVALID',
      'reports/Bad name/object OBJECT_UNKNOWN',
    ])
    expect(issues[3]?.message).toBe('This must be one of: list, board.')
  })

  it('refuses texts that cannot be kept: NUL and halves of characters anywhere, control characters in the values of options', () => {
    const options = [{ value: 'a\u0001b' }, { value: 'c', label: 'a line\nmore' }, { value: '\u007f' }, { value: 'é中😀' }]
    const issues = check(
      {
        object: 'thing',
        plural: 'things',
        label: 'T\u0000',
        fields: {
          name: { type: 'text', label: { en: 'N', 'zh-CN': '\ud83d' }, default: 'x\u0000' },
          level: { type: 'select', options, default: 'a\u0001b' },
          friends: { type: 'manyToMany', to: 'thing', inverse: 'friendsOf', labels: [{ value: 'b\u0002' }] },
        },
        rules: [{ rule: 'one', message: 'M', must: { '==': [{ var: 'name' }, 'y\u0000'] } }],
      },
      { optionSet: 'tones', label: 'Tones', options: [{ value: 'low\u0000' }, { value: 'high' }] },
      { view: 'all', label: 'All', object: 'thing', kind: 'list', columns: ['name'], 'a\u0000': 1 },
    )
    expect(issues.filter(({ code }) => code === 'CHARACTER_FORBIDDEN').map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'objects/thing/label: This text holds a character that cannot be stored.',
      'objects/thing/fields/name/label/zh-CN: This text holds a character that cannot be stored.',
      'objects/thing/fields/name/default: This text holds a character that cannot be stored.',
      'objects/thing/fields/level/options/0/value: The value of this option holds a character that cannot be stored.',
      'objects/thing/fields/level/options/2/value: The value of this option holds a character that cannot be stored.',
      'objects/thing/fields/friends/labels/0/value: The value of this option holds a character that cannot be stored.',
      'objects/thing/rules/0/must/==/1: This text holds a character that cannot be stored.',
      'optionSets/tones/options/0/value: The value of this option holds a character that cannot be stored.',
      'views/all/a\ufffd: A name here holds a character that cannot be stored.',
    ])
    const [first] = issues.filter(({ path }) => path.endsWith('options/0/value'))
    expect(first && localizeIssue(first, 'zh-CN')).toMatchObject({
      message: '这个选项的值含有无法保存的字符。',
      hint: '请删除控制字符和残缺符号。',
    })
  })

  it('never finds what only the language of the program has', () => {
    expect(
      check({
        object: 'constructor',
        plural: 'constructors',
        label: 'C',
        title: '__proto__',
        fields: { toString: { type: 'text' }, a: { type: 'hasOwnProperty' }, ...JSON.parse('{ "__proto__": { "type": "text" } }') },
      }).map(({ code }) => code),
    ).toEqual(['FIELD_TYPE_UNKNOWN', 'TITLE_UNKNOWN', 'NAME_INVALID'])
  })
})
