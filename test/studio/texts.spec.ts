import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../../studio')
const read = (name: string) => JSON.parse(readFileSync(join(root, 'i18n', name), 'utf8')) as Record<string, string>
const names = readdirSync(join(root, 'i18n')).filter(name => name.endsWith('en.json'))
const variables = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]).sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : []
  })
}

describe.each(names)('the texts of %s', name => {
  const english = read(name)
  const chinese = read(name.replace('en.json', 'zh-CN.json'))

  it('are there in both languages', () => expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort()))

  it('are never empty and take the same values', () => {
    for (const [key, text] of Object.entries(english)) {
      expect({ key, empty: text.trim() === '' || chinese[key]?.trim() === '' }).toEqual({ key, empty: false })
      expect({ key, takes: variables(chinese[key] ?? '').filter(each => each !== 'count') }).toEqual({
        key,
        takes: variables(text).filter(each => each !== 'count'),
      })
    }
  })

  it('have both forms of a count', () => {
    const singular = Object.keys(english).filter(key => key.endsWith('_one'))
    for (const key of singular) expect(english).toHaveProperty([key.replace(/_one$/, '_other')])
  })
})

describe('the keys that the code asks for', () => {
  it('are all known', () => {
    const known = new Set(names.flatMap(name => Object.keys(read(name)).map(key => key.replace(/_(one|other)$/, ''))))
    const asked = new Set(sources(root).flatMap(source => [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(match => match[1] ?? '')))
    expect([...asked].filter(key => !known.has(key)).sort()).toEqual([])
  })
})
