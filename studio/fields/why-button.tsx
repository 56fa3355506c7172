import { Popover } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownWhy } from '../api/why.js'
import { isKey } from '../ui/keys.js'
import { usePhone } from '../ui/media.js'
import { Sheet } from '../ui/sheet.js'
import { Skeleton } from '../ui/small.js'
import './why.css'

const WhyList = lazy(async () => ({ default: (await import('./why-list.js')).WhyList }))

interface WhyButtonProps {
  /** What the explanation is about, for who hears the button's name. */
  about: string
  /** Asked when it is opened. */
  ask: () => readonly ShownWhy[] | Promise<readonly ShownWhy[]>
}

/** “Why?”: the rule behind a value and its inputs, in a popover on a desk, in a sheet on a phone. */
export function WhyButton({ about, ask }: WhyButtonProps) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const name = `${t('why.ask')} ${about}`
  const change = (open: boolean) => {
    setOpen(open)
    if (!open) opener.current?.focus()
  }
  const button = (
    <button
      ref={opener}
      type="button"
      className="why-button"
      aria-label={name}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={isPhone ? () => change(true) : undefined}
    >
      {t('why.short')}
    </button>
  )
  const body = <WhyBody name={name} ask={ask} onClose={() => change(false)} />
  if (isPhone)
    return (
      <>
        {button}
        <Sheet title={t('why.ask')} open={isOpen} onClose={() => change(false)} light>
          {body}
        </Sheet>
      </>
    )
  return (
    <Popover open={isOpen} onOpenChange={change} trigger="click" placement="bottomLeft" arrow={false} destroyOnHidden content={body}>
      {button}
    </Popover>
  )
}

interface WhyBodyProps extends Pick<WhyButtonProps, 'ask'> {
  name: string
  onClose: () => void
}

function WhyBody({ name, ask, onClose }: WhyBodyProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const first = useRef(ask)
  const [whys, setWhys] = useState<readonly ShownWhy[] | 'failed'>()
  useEffect(() => {
    let isCurrent = true
    requestAnimationFrame(() => box.current?.focus())
    Promise.resolve(first.current())
      .then(found => isCurrent && setWhys(found))
      .catch(() => isCurrent && setWhys('failed'))
    return () => {
      isCurrent = false
    }
  }, [])
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={name}
      tabIndex={-1}
      className="why-box"
      onKeyDown={event => {
        if (!isKey(event, 'Escape')) return
        event.stopPropagation()
        onClose()
      }}
    >
      {whys === 'failed' ? (
        <p className="why-none">{t('error.unknown')}</p>
      ) : (
        <Suspense fallback={<Skeleton />}>{whys ? <WhyList whys={whys} onLeave={onClose} /> : <Skeleton />}</Suspense>
      )}
    </div>
  )
}
