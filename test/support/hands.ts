import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

const folder = join(import.meta.dirname, '..', '..', 'studio', 'i18n')

/** The words of the studio in a language, by their keys; `{{name}}` is filled. */
export function wordsOf(language: 'en' | 'zh-CN'): (key: string, values?: Readonly<Record<string, string>>) => string {
  const files = readdirSync(folder).filter(file => file === `${language}.json` || file.endsWith(`.${language}.json`))
  const words = new Map(
    files.flatMap(file => Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>)),
  )
  return (key, values = {}) => {
    const text = words.get(key)
    if (text === undefined) throw new Error(`There is no text ${key} in ${language}`)
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  }
}

/** What somebody does with mouse and keyboard, counted: a click, a text that is typed, a key that is pressed is one action each. */
export class Hands {
  count = 0

  constructor(private readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.count++
    await what.click()
  }

  async type(into: Locator, text: string): Promise<void> {
    this.count++
    await into.fill(text)
  }

  async press(key: string): Promise<void> {
    this.count++
    await this.page.keyboard.press(key)
  }

  /** Opens a choice and takes one of it. */
  async choose(from: Locator, option: RegExp): Promise<void> {
    await this.click(from)
    await this.click(
      this.page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
        .filter({ hasText: option })
        .first(),
    )
  }
}
