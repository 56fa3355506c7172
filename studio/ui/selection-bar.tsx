import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './small.js'

interface SelectionBarProps {
  count: number
  onClear: () => void
  children: ReactNode
}

/** What can be done with the chosen records; floats over the list and moves nothing. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const { t } = useTranslation()
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('list.selection')}>
      <span className="num" aria-live="polite">
        {t('list.selected', { count })}
      </span>
      <span className="rule" aria-hidden />
      {children}
      <span className="rule" aria-hidden />
      <IconButton icon={X} label={t('list.selectionClear')} onClick={onClear} />
    </div>
  )
}
