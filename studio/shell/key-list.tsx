import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useActiveShortcuts } from '../ui/keys.js'
import { Kbd } from '../ui/small.js'

/** All keys that work on this page. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const shortcuts = useActiveShortcuts()
  return (
    <Modal open title={t('keys.title')} onCancel={onClose} footer={null} width={480} centered>
      <dl className="key-list">
        {[...shortcuts].reverse().map(({ keys, label }) => (
          <div key={`${keys} ${label}`}>
            <dt>{label}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
