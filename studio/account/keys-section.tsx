import { formatDate, formatDateTime } from '@tessera/platform/fields/reading.js'
import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { confirm } from '../ui/confirm.js'
import { EmptyState, IconButton, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { Copyable } from './copyable.js'
import { KeyForm } from './key-form.js'
import { type ApiKey, useApiKeys, useDeed } from './security.js'
import { useTexts } from './texts.js'

/** API keys: those that act as the member, or all of the workspace; a new one is shown once. */
export function KeysSection({ isOwn }: { isOwn: boolean }) {
  const { t } = useTexts()
  const { data, error } = useApiKeys()
  const [isOpen, setOpen] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const keys = data?.filter(({ own }) => own || !isOwn)
  const made = (made: string) => {
    setToken(made)
    setOpen(false)
  }
  const hasNone = !isOwn && !isOpen && !token && keys?.length === 0
  const add = (
    <Button type={isOwn ? 'default' : 'primary'} icon={isOwn ? undefined : <Plus size={15} aria-hidden />} onClick={() => setOpen(true)}>
      {t('apiKeys.new')}
    </Button>
  )
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title" className={isOwn ? undefined : 'sr-only'}>
        {t('apiKeys.title')}
      </h2>
      {hasNone ? (
        <EmptyState title={t('apiKeys.none')} text={t('apiKeys.about')}>
          {add}
        </EmptyState>
      ) : (
        <p className="account-note">{t('apiKeys.about')}</p>
      )}
      {token && <Copyable title={t('apiKeys.once')} text={token} onDone={() => setToken(null)} />}
      {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
      {!keys && !error && <Skeleton width="100%" height={52} />}
      {keys && keys.length > 0 && (
        <ul className="account-rows">
          {keys.map(key => (
            <KeyRow key={key.id} apiKey={key} showsOwner={!isOwn} />
          ))}
        </ul>
      )}
      <div className="account-under">
        {isOpen ? <KeyForm isOwn={isOwn} onDone={made} onCancel={() => setOpen(false)} /> : !hasNone && add}
      </div>
    </section>
  )
}

function KeyRow({ apiKey, showsOwner }: { apiKey: ApiKey; showsOwner: boolean }) {
  const { t } = useTexts()
  const label = useLabel()
  const { locale, timeZone, model } = useApp()
  const { id, name, start, owner, objects, mayWrite, addresses, expiresAt, lastSeen } = apiKey
  const revoke = useDeed<{ id: string }, boolean>('mutation RevokeKey($id: ID!) { revokeApiKey(id: $id) }', 'revokeApiKey', ['apiKeys'])
  const ask = async () => {
    const question = { title: t('apiKeys.revokeAsk', { name }), body: t('apiKeys.revokeBody'), verb: t('apiKeys.revoke'), danger: true }
    if (await confirm(question)) revoke.mutate({ id })
  }
  const notes = [
    ...(showsOwner ? [owner] : []),
    lastSeen ? t('apiKeys.used', { at: formatDateTime(lastSeen, locale, timeZone) }) : t('apiKeys.unused'),
    ...(expiresAt ? [t('apiKeys.expires', { at: formatDate(expiresAt.slice(0, 10), locale) })] : []),
    ...(objects ? [objects.map(({ object }) => label(model.objects[object]?.pluralLabel) || object).join(', ')] : []),
    ...(mayWrite ? [] : [t('apiKeys.readOnly')]),
    ...addresses,
  ]
  return (
    <li>
      <div className="account-row-text">
        <span className="cut">
          {name} {start && <code>{start}…</code>}
        </span>
        <span className="quiet">{notes.join(' · ')}</span>
      </div>
      <IconButton icon={Trash2} label={t('apiKeys.revokeNamed', { name })} onClick={() => void ask()} />
    </li>
  )
}
