import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

interface LeaveBoxProps {
  open: boolean
  onStay: () => void
  onDiscard: () => void
  onSave: () => void
}

/** The three ways on from a form with changes. */
export default function LeaveBox({ open, onStay, onDiscard, onSave }: LeaveBoxProps) {
  const { t } = useTranslation()
  return (
    <Modal open={open} title={t('leave.title')} onCancel={onStay} footer={null} width={420} centered mask={{ closable: false }}>
      <p>{t('leave.body')}</p>
      <div className="leave-actions">
        <Button onClick={onStay}>{t('leave.stay')}</Button>
        <Button onClick={onDiscard}>{t('discard')}</Button>
        <Button type="primary" onClick={onSave}>
          {t('save')}
        </Button>
      </div>
    </Modal>
  )
}
