import { localizeIssue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Judged } from '@tessera/platform/records/check.js'
import { stateFieldsOf } from '@tessera/platform/records/transitions.js'
import { issuesOfRule } from '@tessera/platform/records/wording.js'
import { ArrowRight, History as HistoryIcon, Merge, Plus, Trash2, TriangleAlert, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { momentOf } from '../../api/moment.js'
import { type HistoryEntry, useHistory } from '../../api/records.js'
import { type Move, useMoves } from '../../api/transitions.js'
import { isEmptyValue } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { lengthText } from '../../fields/states.js'
import { EmptyState, Skeleton } from '../../ui/small.js'
import { relativeTime } from './relative-time.js'

const icons = {
  create: Plus,
  created: Plus,
  delete: Trash2,
  deleted: Trash2,
  restore: Undo2,
  restored: Undo2,
  merged: Merge,
  unmerged: Undo2,
}

/** What is said of an entry without values. */
const deedOf = (action: string): string =>
  ['created', 'deleted', 'restored', 'merged', 'unmerged'].find(deed => deed === action || deed.startsWith(action)) ?? 'updated'

const fieldOf = (object: ObjectModel, name: string): FieldModel | undefined =>
  Object.hasOwn(object.fields, name) ? object.fields[name] : Object.values(object.fields).find(field => field.key === name)

/** The changes of states that came about with an entry. */
const movesOf = (entry: HistoryEntry, moves: readonly Move[] = []): readonly Move[] =>
  moves.filter(move => Math.abs(Date.parse(move.at) - Date.parse(entry.at)) < 10)

/** What happened to a record, newest first: who, when, from what to what. */
export function Timeline({ object, id, most }: { object: ObjectModel; id: string; most?: number }) {
  const { t } = useTranslation()
  const history = useHistory(object, id)
  const moves = useMoves(object, id, stateFieldsOf(object).length > 0)
  if (history.isPending) return <Skeleton width="70%" />
  if (history.error || history.data === undefined) return <p className="card-none">{t('error.notLoaded')}</p>
  const entries = most ? history.data.slice(0, most) : history.data
  if (entries.length === 0) return <EmptyState title={t('history.none')} />
  return (
    <ol className="timeline">
      {entries.map(entry => (
        <TimelineEntry key={entry.id} object={object} entry={entry} moves={movesOf(entry, moves.data)} />
      ))}
    </ol>
  )
}

/** What a confirmed warning said, with the values that its write gave; values that stayed are not known here. */
function useConfirmedText(object: ObjectModel) {
  const { t } = useTranslation()
  const app = useApp()
  return (name: string, { changes }: HistoryEntry): string => {
    const rule = object.rules.find(known => known.name === name)
    if (!rule) return t('history.confirmedGone')
    const after = Object.fromEntries(changes.map(change => [fieldOf(object, change.field)?.key ?? change.field, change.after]))
    const judged: Judged = { object, before: null, after, moment: momentOf(app), related: () => null }
    const isShown = ([first = '', ...rest]: readonly string[]) =>
      rest.length === 0 && !isEmptyValue(after[fieldOf(object, first)?.key ?? first])
    const [told] = issuesOfRule(rule, judged, '', { currency: app.currency, isShown }).map(found => localizeIssue(found, app.locale))
    return told ? t('history.confirmed', { message: told.message }) : t('history.confirmedGone')
  }
}

function TimelineEntry({ object, entry, moves }: { object: ObjectModel; entry: HistoryEntry; moves: readonly Move[] }) {
  const { t } = useTranslation()
  const app = useApp()
  const Icon = icons[entry.action as keyof typeof icons] ?? HistoryIcon
  const confirmedText = useConfirmedText(object)
  const isMade = entry.action.startsWith('create')
  const changes = isMade
    ? []
    : entry.changes.filter(change => {
        const field = fieldOf(object, change.field)
        return field !== undefined && !field.system && !field.definition.hidden
      })
  const time = new Intl.DateTimeFormat(app.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: app.timeZone }).format(
    new Date(entry.at),
  )
  return (
    <li className="timeline-entry">
      <span className="timeline-icon" aria-hidden>
        <Icon size={14} />
      </span>
      <div className="timeline-text">
        <div>
          <span className="timeline-who">{entry.actor?.name ?? t('history.system')}</span>{' '}
          <time className="quiet" dateTime={entry.at} title={time}>
            {relativeTime(entry.at, app.locale, app.timeZone, t('time.justNow'))}
          </time>
        </div>
        {changes.length === 0 ? (
          <div>{t(`history.${deedOf(entry.action)}`)}</div>
        ) : (
          changes.map(change => (
            <ChangeLine key={change.field} object={object} change={change} move={moves.find(({ field }) => field === change.field)} />
          ))
        )}
        {entry.confirmed.map(rule => (
          <div key={rule} className="change-line confirmed-line">
            <TriangleAlert size={13} aria-hidden />
            <span>{confirmedText(rule, entry)}</span>
          </div>
        ))}
      </div>
    </li>
  )
}

/** One value that changed: from what to what. */
export function ChangeLine({
  object,
  change,
  move,
}: {
  object: ObjectModel
  change: HistoryEntry['changes'][number]
  move: Move | undefined
}) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const field = fieldOf(object, change.field)
  if (!field) return null
  if (field.relation)
    return (
      <div className="change-line">
        {t(isEmptyValue(change.after) ? 'history.emptied' : 'history.changed', { name: label(field.label) })}
      </div>
    )
  const { Display } = faceOf(field)
  return (
    <div className="change-line">
      <span>{label(field.label)}</span>
      <Display field={field} record={{ [field.key]: change.before }} place="history" />
      <ArrowRight size={13} aria-label={t('history.to')} />
      <Display field={field} record={{ [field.key]: change.after }} place="history" />
      {move?.seconds != null && move.seconds >= 60 && (
        <span className="quiet">{t('states.after', { length: lengthText(move.seconds, app.locale) })}</span>
      )}
      {move?.comment && <q className="change-comment">{move.comment}</q>}
    </div>
  )
}
