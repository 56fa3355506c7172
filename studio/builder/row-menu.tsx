import { Ellipsis } from 'lucide-react'
import { Menu, type MenuEntry } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { useLayoutTexts } from './layout-texts.js'

interface RowMenuProps {
  /** What the row is called. */
  title: string
  /** Where it stands among how many; a row that stays where it is has none. */
  at?: number
  count?: number
  onMove?: (to: number) => void
  onRemove?: (() => void) | undefined
  /** What else can be done with it. */
  entries?: readonly MenuEntry[]
}

/** What dragging a row does, and what else can be done with it, for the keyboard. */
export function RowMenu({ title, at = 0, count = 0, onMove, onRemove, entries = [] }: RowMenuProps) {
  const { t } = useLayoutTexts()
  const moves = onMove
    ? [
        ...(at > 0 ? [{ key: 'up', label: t('field.moveUp'), run: () => onMove(at - 1) }] : []),
        ...(at < count - 1 ? [{ key: 'down', label: t('field.moveDown'), run: () => onMove(at + 1) }] : []),
      ]
    : []
  const all = [...moves, ...entries, ...(onRemove ? [{ key: 'remove', label: t('layout.remove'), danger: true, run: onRemove }] : [])]
  const label = t('field.menu', { name: title })
  return all.length === 0 ? null : (
    <Menu label={label} groups={[{ key: 'row', entries: all }]}>
      <IconButton icon={Ellipsis} label={label} />
    </Menu>
  )
}
