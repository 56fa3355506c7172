import { Button, Modal } from 'antd'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'

interface LeaveQuestionProps {
  isDirty: boolean
  /** True once the form itself leads away. */
  isLeaving: RefObject<boolean>
  /** Saves and tells whether it was done; the form then leads on by itself. */
  onSave: () => Promise<boolean>
  onDiscard: () => void
}

/** Asks before changes are left behind: save, discard or stay. */
export function LeaveQuestion({ isDirty, isLeaving, onSave, onDiscard }: LeaveQuestionProps) {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && !isLeaving.current && currentLocation.pathname !== nextLocation.pathname,
  )
  const isOpen = blocker.state === 'blocked'
  return (
    <Modal
      open={isOpen}
      title={t('leave.title')}
      onCancel={() => blocker.reset?.()}
      footer={null}
      width={420}
      centered
      mask={{ closable: false }}
    >
      <p>{t('leave.body')}</p>
      <div className="leave-actions">
        <Button onClick={() => blocker.reset?.()}>{t('leave.stay')}</Button>
        <Button
          onClick={() => {
            onDiscard()
            blocker.proceed?.()
          }}
        >
          {t('discard')}
        </Button>
        <Button
          type="primary"
          onClick={() => {
            blocker.reset?.()
            void onSave()
          }}
        >
          {t('save')}
        </Button>
      </div>
    </Modal>
  )
}
