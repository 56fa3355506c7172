import type { Locator, Page } from 'playwright-core'

interface Shown {
  readonly cmTile?: { readonly root?: { readonly view?: { readonly state: { readonly doc: { toString(): string } } } } }
}

/** The editor of a definition's JSON. */
export const jsonEditor = (page: Page, path: string): Locator =>
  page.getByRole('textbox', { name: new RegExp(`(JSON of ${path}|${path} 的 JSON)`) })

/** The whole text in an editor, which draws only the lines in sight. */
export const jsonIn = (editor: Locator): Promise<string> =>
  editor.evaluate(content => (content as Shown).cmTile?.root?.view?.state.doc.toString() ?? '')

/** Writes another text into an editor, as somebody does who pastes it over all. */
export async function writeJson(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}
