import { Button } from 'antd'
import { toast } from '../ui/toast.js'
import { useTexts } from './texts.js'

/** Something that is shown only now, to be copied. */
export function Copyable({ title, text, onDone }: { title: string; text: string; onDone: () => void }) {
  const { t } = useTexts()
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(t('copied')))
  return (
    <div className="account-handed account-under" role="status">
      <span>{title}</span>
      <code>{text}</code>
      <div className="account-buttons">
        <Button onClick={onDone}>{t('close')}</Button>
        <Button onClick={copy}>{t('copy')}</Button>
      </div>
    </div>
  )
}
