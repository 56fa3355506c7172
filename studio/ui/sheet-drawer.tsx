import { Drawer } from 'antd'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from './media.js'
import { IconButton } from './small.js'

export interface SheetProps {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
  extra?: ReactNode
  width?: number
  /** False when the sheet holds typed text: a click outside then does not close it. */
  light?: boolean
  /** The whole screen on a phone. */
  full?: boolean
}

/** A drawer on a desk, a sheet from below on a phone. */
export default function SheetDrawer({
  title,
  open,
  onClose,
  children,
  footer,
  extra,
  width = 480,
  light = false,
  full = false,
}: SheetProps) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const size = isPhone ? (full ? '100%' : 'auto') : width
  return (
    <Drawer
      title={title}
      open={open}
      onClose={onClose}
      placement={isPhone ? 'bottom' : 'right'}
      size={size}
      mask={{ closable: light }}
      closable={false}
      destroyOnHidden
      footer={footer}
      extra={
        <>
          {extra}
          <IconButton icon={X} label={t('close')} onClick={onClose} />
        </>
      }
      styles={{
        header: { padding: '10px 12px 10px 20px' },
        body: { padding: 20 },
        section: isPhone && !full ? { maxHeight: '88vh', borderRadius: '12px 12px 0 0' } : {},
      }}
    >
      {children}
    </Drawer>
  )
}
