import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { keyLabel, type Shortcut, useActiveShortcuts } from '../ui/keys.js'

/** All keys that work on this page: its own first, then those that work everywhere. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const shortcuts = useActiveShortcuts()
  const own = shortcuts.filter(shortcut => !shortcut.everywhere)
  return (
    <Modal open title={t('keys.title')} onCancel={onClose} footer={null} width={own.length > 0 ? 720 : 480} centered>
      <div className="key-lists">
        {own.length > 0 && <Keys title={t('keys.here')} shortcuts={own} />}
        <Keys title={t('keys.everywhere')} shortcuts={shortcuts.filter(shortcut => shortcut.everywhere)} />
      </div>
    </Modal>
  )
}

function Keys({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="key-list">
        {shortcuts.map(({ keys, label }) => (
          <div key={`${keys} ${label}`}>
            <dt>{label}</dt>
            <dd>
              <kbd className="kbd">{keyLabel(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
