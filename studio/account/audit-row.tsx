import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { lookup } from '@tessera/platform/registry.js'
import {
  ArchiveX,
  Ban,
  Download,
  Eye,
  FilePen,
  KeyRound,
  LogIn,
  type LucideIcon,
  Rocket,
  SlidersHorizontal,
  TriangleAlert,
  UserRoundCog,
  Users,
} from 'lucide-react'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { useMembers } from '../api/records.js'
import { ChangeLine } from '../views/record/history.js'
import type { AuditEntry } from './audit.js'
import { useTold } from './audit-told.js'
import { useTexts } from './oversight-texts.js'

const icons: Readonly<Record<string, LucideIcon>> = {
  record: FilePen,
  signIn: LogIn,
  denial: Ban,
  reveal: Eye,
  export: Download,
  alert: TriangleAlert,
  rights: UserRoundCog,
  member: Users,
  key: KeyRound,
  metadata: Rocket,
  settings: SlidersHorizontal,
  bin: ArchiveX,
}

interface AuditRowProps {
  entry: AuditEntry
  onNarrow: (changes: Readonly<Record<string, string | null>>) => void
}

/** One entry: what, to what, by whom, when, from where; behind it all that is known. */
export function AuditRow({ entry, onNarrow }: AuditRowProps) {
  const { t } = useTexts()
  const { locale, timeZone } = useApp()
  const did = useDeedText()
  const Icon = icons[entry.kind] ?? FilePen
  const { actor, channel, address, at, cause } = entry
  const notes = [
    actor?.name ?? t(entry.kind === 'signIn' ? 'audit.nobody' : 'audit.product'),
    formatDateTime(at, locale, timeZone),
    ...(channel ? [t(`audit.channel.${channel}`, { defaultValue: channel })] : []),
    ...(address ? [address] : []),
    ...(cause.length > 0 ? [t('audit.cause', { names: cause.join(', ') })] : []),
  ]
  return (
    <li className={entry.kind === 'alert' ? 'audit-row audit-alert' : 'audit-row'}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className="account-row-text">
        <span>
          {entry.kind === 'alert' && <strong className="audit-mark">{t('audit.alert')}</strong>} {did(entry)} <Subject entry={entry} />
        </span>
        <span className="quiet">{notes.join(' · ')}</span>
        <Behind entry={entry} onNarrow={onNarrow} />
      </div>
    </li>
  )
}

/** The record that an entry is about; a link where it can be opened. */
function Subject({ entry: { object: name, record, title, kind, action } }: { entry: AuditEntry }) {
  const { t } = useTexts()
  const { model } = useApp()
  const app = useAppName()
  const label = useLabel()
  if (name === null) return kind === 'record' ? <span className="quiet">{t('audit.hiddenRecord')}</span> : null
  const object = lookup(model.objects, name)
  const kindOf = object ? label(object.label) : name
  if (record === null) return <span className="quiet">· {object ? label(object.pluralLabel) : name}</span>
  return (
    <>
      <span className="quiet">{kindOf}</span>{' '}
      {object && title !== null && action !== 'deleted' ? (
        <Link to={recordPath(app, name, record)}>{title}</Link>
      ) : (
        <span>{title ?? ''}</span>
      )}
    </>
  )
}

/** What an entry says in words. */
function useDeedText(): (entry: AuditEntry) => string {
  const { t } = useTexts()
  const { data: members = [] } = useMembers()
  const { model } = useApp()
  const label = useLabel()
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
  const personOf = (id: unknown) => members.find(each => each.id === id)?.name ?? ''
  return ({ kind, action, object, data }) => {
    const field = lookup(lookup(model.objects, object ?? '')?.fields ?? {}, text(data?.field))
    const role = lookup(model.roles, text(data?.role))
    const values = {
      ...{ what: text(data?.what), version: text(data?.version), back: text(data?.back) },
      field: field ? label(field.label) : text(data?.field),
      role: role ? label(role.definition.label) : text(data?.role),
      name: text(data?.name) || personOf(data?.member) || personOf(data?.with) || '…',
      count: Number((data?.inDay as { rows?: unknown } | undefined)?.rows ?? data?.rows ?? 0),
    }
    if (kind === 'denial') return t('audit.did.denial', values)
    const key = kind === 'metadata' && data?.back == null ? 'audit.did.metadata.published' : `audit.did.${kind}.${action}`
    return t(key, { ...values, defaultValue: action })
  }
}

/** The values that changed, everything else that is known, and the ways to what belongs together. */
function Behind({ entry, onNarrow }: AuditRowProps) {
  const { t } = useTexts()
  const { model } = useApp()
  const toldBy = useTold()
  const { object: name, record, actor, changes, position } = entry
  const object = lookup(model.objects, name ?? '')
  const told = toldBy(entry)
  return (
    <details className="audit-details">
      <summary>{t('audit.details')}</summary>
      {object && changes?.map(change => <ChangeLine key={change.field} object={object} change={change} move={undefined} />)}
      {told.length > 0 && (
        <dl>
          {told.map(({ name: what, value }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="audit-ways">
        <span className="quiet">{position === null ? t('audit.waits') : t('audit.place', { position })}</span>
        {record && (
          <button type="button" onClick={() => onNarrow({ record })}>
            {t('audit.onlyRecord')}
          </button>
        )}
        {actor && (
          <button type="button" onClick={() => onNarrow({ member: actor.id })}>
            {t('audit.onlyPerson')}
          </button>
        )}
      </p>
    </details>
  )
}
