import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { ChevronDown, ChevronLeft, ChevronUp, Star } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { objectPath, recordPath } from '../../api/addresses.js'
import { useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { iconOf } from '../../ui/icons.js'
import { useShortcuts } from '../../ui/keys.js'
import { usePhone } from '../../ui/media.js'
import { IconButton } from '../../ui/small.js'
import { toggleFavourite, useFavourites } from '../favourites.js'
import type { WriteCell } from '../list/cell-write.js'
import { trailBack, trailOf } from '../trail.js'
import { numberOf } from './page-plan.js'
import { RecordActions } from './record-actions.js'

interface RecordHeadProps {
  object: ObjectModel
  record: RecordValues
  title: string
  status: FieldModel | undefined
  write: WriteCell
}

/** Where one is, what the record is called and where it stands, and what can be done with it. */
export function RecordHead({ object, record, title, status, write }: RecordHeadProps) {
  const label = useLabel()
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const isPhone = usePhone()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const Icon = iconOf(object.icon)
  const list = trailBack(object.name) ?? objectPath(name, object.name)
  const number = numberOf(object)
  return (
    <header className="record-head">
      <IconButton icon={ChevronLeft} label={t('record.back', { name: label(object.pluralLabel) })} onClick={() => navigate(list)} />
      {!isPhone && (
        <span className="object-icon" aria-hidden>
          <Icon size={16} strokeWidth={1.75} />
        </span>
      )}
      <div className="record-names">
        <nav className="crumbs" aria-label={t('record.crumbs')}>
          <Link to={list}>{label(object.pluralLabel)}</Link>
          {number && <span aria-hidden>/</span>}
          {number && <span className="num">{textOf(number, record, app)}</span>}
        </nav>
        <div className="record-title">
          <h1 ref={heading} tabIndex={-1} className="cut">
            {title}
          </h1>
          {status && record[status.key] != null && <StatusTag status={status} record={record} />}
        </div>
      </div>
      <span className="grow" />
      {!isPhone && <Neighbours object={object} record={record} title={title} />}
      {!isPhone && <RecordActions object={object} record={record} title={title} status={status} write={write} />}
    </header>
  )
}

function StatusTag({ status, record }: { status: FieldModel; record: RecordValues }) {
  const { Display } = faceOf(status)
  return <Display field={status} record={record} place="card" />
}

function Neighbours({ object, record, title }: { object: ObjectModel; record: RecordValues; title: string }) {
  const { t } = useTranslation()
  const { member } = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const trail = trailOf(object.name, record.id)
  const to = recordPath(name, object.name, record.id)
  const isFavourite = useFavourites(member.id).some(each => each.to === to)
  const go = (id: string | undefined) => id && void navigate(recordPath(name, object.name, id))
  useShortcuts(
    trail
      ? [
          { keys: 'k', label: t('record.before'), run: () => go(trail.before) },
          { keys: 'j', label: t('record.after'), run: () => go(trail.after) },
        ]
      : [],
  )
  return (
    <>
      {trail && (
        <span className="neighbours">
          <IconButton icon={ChevronUp} label={t('record.before')} disabled={!trail.before} onClick={() => go(trail.before)} />
          <IconButton icon={ChevronDown} label={t('record.after')} disabled={!trail.after} onClick={() => go(trail.after)} />
          <span className="num quiet">
            {trail.at} / {trail.total}
          </span>
        </span>
      )}
      <IconButton
        icon={Star}
        label={t(isFavourite ? 'favourites.remove' : 'favourites.add')}
        on={isFavourite}
        onClick={() => toggleFavourite(member.id, { to, title })}
      />
    </>
  )
}
