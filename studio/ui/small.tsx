import type { LucideIcon } from 'lucide-react'
import { CircleAlert, X } from 'lucide-react'
import type { MouseEvent, ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { keyLabel } from './keys.js'
import { LinkButton } from './link-button.js'

/** Keys as they are printed. */
export const Kbd = ({ keys }: { keys: string }) => (
  <kbd className="kbd" aria-hidden>
    {keyLabel(keys)}
  </kbd>
)

interface IconButtonProps {
  icon: LucideIcon
  label: string
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  disabled?: boolean
  on?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; the label is its name and its tooltip. */
export const IconButton = ({ icon: Icon, label, onClick, disabled, on, ref, ...rest }: IconButtonProps) => (
  <button
    {...rest}
    ref={ref}
    type="button"
    className={on ? 'icon-button on' : 'icon-button'}
    aria-label={label}
    title={label}
    onClick={onClick}
    disabled={disabled}
  >
    <Icon size={16} strokeWidth={1.75} fill={on ? 'currentColor' : 'none'} />
  </button>
)

interface ChipProps {
  name: string
  text: string
  /** Absent where there is nothing to edit. */
  onOpen?: () => void
  onRemove: () => void
}

/** One condition of a list; a click opens its editor, the cross takes it away. */
export function Chip({ name, text, onOpen, onRemove }: ChipProps) {
  const { t } = useTranslation()
  const said = (
    <>
      <b>{name}</b>
      <span className="chip-text">{text}</span>
    </>
  )
  return (
    <span className="chip">
      {onOpen ? (
        <button type="button" onClick={onOpen} title={`${name} ${text}`}>
          {said}
        </button>
      ) : (
        <span className="chip-still" title={`${name} ${text}`}>
          {said}
        </span>
      )}
      <button type="button" className="chip-remove" aria-label={t('list.filterRemove', { name })} onClick={onRemove}>
        <X size={13} />
      </button>
    </span>
  )
}

interface ToldProps {
  title: string
  text?: string | undefined
  children?: ReactNode
}

interface EmptyStateProps extends ToldProps {
  /** Whether it is the whole page, so that its title is that of the page. */
  isPage?: boolean
}

function HomeButton() {
  const { t } = useTranslation()
  return <LinkButton to="/">{t('error.toHome')}</LinkButton>
}

/** What stands where nothing is: what it means and the next step. */
export const EmptyState = ({ title, text, isPage = false, children }: EmptyStateProps) => (
  <div className="empty-state" role="status">
    {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
    {text && <p>{text}</p>}
    {(children || isPage) && <div className="actions">{children ?? <HomeButton />}</div>}
  </div>
)

/** A problem of a whole form or page: what happened and what to do. */
export const Problem = ({ title, text, children }: ToldProps) => (
  <div className="problem" role="alert">
    <CircleAlert size={16} aria-hidden />
    <div className="grow">
      <div>{title}</div>
      {text && <div>{text}</div>}
    </div>
    {children}
  </div>
)

/** Grey bars where text will be; `widths` in percent, one bar each. */
export const Skeleton = ({ width = '60%', height = 12 }: { width?: number | string; height?: number }) => (
  <span className="skeleton" style={{ width, height }} aria-hidden />
)
