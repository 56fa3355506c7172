import type { Page } from 'playwright-core'
import { openPage } from './page.js'

/** Opens GraphiQL with the list of what can be asked beside it. */
export async function openExplorer(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/explorer`)
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('region', { name: 'Documentation Explorer' }).getByRole('link', { name: 'Query', exact: true }).waitFor()
}

/** The fields that GraphiQL lists for a type, which is looked up from the list of all types. */
export async function fieldsShown(page: Page, type: string): Promise<string[]> {
  const docs = page.getByRole('region', { name: 'Documentation Explorer' })
  await docs.getByRole('link', { name: type, exact: true }).click()
  await docs.locator('.graphiql-doc-explorer-title').getByText(type, { exact: true }).waitFor()
  const fields = await docs.locator('.graphiql-doc-explorer-field-name').allInnerTexts()
  await docs.getByRole('link', { name: 'Go back to Docs' }).click()
  await docs.getByRole('link', { name: 'Query', exact: true }).waitFor()
  return fields
}

/**
 * Types a query into GraphiQL, runs it with its button once the editor shows all of it, and reads what the other pane shows.
 * @param query in one line, and different from the one before: its answer is known by the first field that it asks
 * @returns the data of the answer; throws when GraphiQL shows anything else
 */
export async function askExplorer<T>(page: Page, query: string): Promise<T> {
  const editor = page.getByRole('region', { name: 'Operation Editor' })
  await editor.getByRole('textbox', { name: 'Editor content' }).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.keyboard.type(query)
  await page.waitForFunction(
    wanted => document.querySelector<HTMLElement>('.graphiql-query-editor .view-lines')?.innerText.replace(/\s/g, '') === wanted,
    query.replaceAll(' ', ''),
  )
  await editor.getByRole('button', { name: /^Execute query/ }).click()
  const field = /\w+/.exec(query)?.[0] ?? ''
  const shown = await page.waitForFunction(name => {
    const text = document.querySelector<HTMLElement>('.graphiql-response .view-lines')?.innerText.replaceAll('\u00a0', ' ') ?? ''
    return text.trimEnd().endsWith('}') && (text.includes(`"${name}"`) || text.includes('"errors"')) ? text : ''
  }, field)
  return (JSON.parse(await shown.jsonValue()) as { data: T }).data
}
