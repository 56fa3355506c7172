import type { Locator, Page } from 'playwright-core'

/**
 * Drags a card into a column with the mouse, and comes back when clicks are heard again.
 * @param over waits for what is shown while the card is held there
 */
export async function drag(page: Page, card: Locator, lane: Locator, over?: () => Promise<void>): Promise<void> {
  const [from, to] = [await card.boundingBox(), await lane.boundingBox()]
  if (!from || !to) throw new Error('The card or the column is not to be seen')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height - 12)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2 + 20, from.y + from.height, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 12 })
  await over?.()
  await page.mouse.up()
  await page.waitForFunction(hearsClicks)
}

/** Whether clicks are heard: for a moment after a drag its end is kept from being one. */
function hearsClicks(): boolean {
  let isHeard = false
  const probe = document.body.appendChild(document.createElement('span'))
  probe.addEventListener('click', () => {
    isHeard = true
  })
  probe.click()
  probe.remove()
  return isHeard
}
