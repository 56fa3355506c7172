import { strayOf, withoutStrays } from '@tessera/platform/editing/strays.js'
import type { MouseEvent } from 'react'
import { usePhone } from '../ui/media.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What a problem is known by. */
interface Placed {
  readonly code: string
  readonly path: string
}

/** The problems of the draft as it is now that are solved by taking one entry out. */
function useStrays() {
  const { issues, edit } = useWorkshop()
  const isPhone = usePhone()
  const solvable = isPhone ? [] : issues.filter(found => strayOf(found) !== null)
  const remove = (problems: readonly Placed[]) => {
    const strays = problems.flatMap(found => strayOf(found) ?? [])
    edit(`remove entries ${problems.map(({ path }) => path).join()}`, null, elements => withoutStrays(elements, strays))
  }
  return { solvable, remove }
}

/** Takes out the entry that a problem stands at, where it leads to what is not there. */
export function RemoveStray({ problem, tabIndex }: { problem: Placed; tabIndex?: number }) {
  const { t } = useTexts()
  const { solvable, remove } = useStrays()
  if (!solvable.some(({ code, path }) => code === problem.code && path === problem.path)) return null
  const press = (event: MouseEvent<HTMLElement>) => {
    const row = event.currentTarget.closest('li')
    focusAfter(row?.parentElement, row)
    remove([problem])
  }
  return (
    <button type="button" className="studio-way stray-remove" tabIndex={tabIndex} onClick={press}>
      {t('removal.entry')}
    </button>
  )
}

/** Takes out all such entries in one step, where there are several. */
export function RemoveAllStrays() {
  const { t } = useTexts()
  const { solvable, remove } = useStrays()
  if (solvable.length < 2) return null
  const press = () => {
    focusAfter(null, null)
    remove(solvable)
  }
  return (
    <button type="button" className="studio-way stray-remove all" onClick={press}>
      {t('removal.all', { count: solvable.length })}
    </button>
  )
}

/** Once a row is gone, the one in its place has the focus; where none is left, the title of the page. */
function focusAfter(list: Element | null | undefined, row: Element | null): void {
  const at = list && row ? [...list.children].indexOf(row) : -1
  requestAnimationFrame(() => {
    const next = list?.isConnected ? (list.children[at] ?? list.lastElementChild) : null
    const target = next?.querySelector<HTMLElement>('a, button, [tabindex]') ?? document.querySelector<HTMLElement>('h1')
    target?.focus()
  })
}
