import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Radio } from 'antd'
import { CircleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import type { RecordValues, Related } from '../../api/records.js'
import { mayWrite } from '../../api/rights.js'
import { isEmptyValue, textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { RecordsPicker } from '../../fields/records-picker.js'
import { seenFields, selectionOf, titleName } from '../../fields/selection.js'
import { Labelled } from '../../ui/labelled.js'
import SheetDrawer from '../../ui/sheet-drawer.js'
import { Skeleton } from '../../ui/small.js'
import { failureText } from '../failure.js'
import { ListFailed } from '../list/list-empty.js'
import { differing, fewest, isChoosable, isUsable, mergedData, most, winnerOf } from './merge-choice.js'
import { useChosen, useEffects, useMerge } from './merging.js'
import './merge.css'

interface MergeSheetProps {
  object: ObjectModel
  ids: readonly string[]
  /** Whether more records can be added to these. */
  isOpen?: boolean
  onClose: () => void
  onMerged: (survivor: string) => void
}

const narrowest = 640
const columnWidth = 210

/** Records side by side: which one stays, and whose value it gets where they differ. */
export default function MergeSheet({ object, ids: given, isOpen = false, onClose, onMerged }: MergeSheetProps) {
  const { t } = useTranslation()
  const [added, setAdded] = useState<readonly Related[]>([])
  const ids = useMemo(() => [...given, ...added.map(({ id }) => id).filter(id => !given.includes(id))], [given, added])
  const app = useApp()
  const label = useLabel()
  const select = useMemo(() => {
    const names = seenFields(object)
      .filter(field => isChoosable(field) || field.type.name === 'autonumber')
      .map(({ name }) => name)
    return selectionOf(object, names, app.model)
  }, [object, app.model])
  const { data: records, error, refetch } = useChosen(object, ids, select)
  const [survivorId, setSurvivor] = useState(given[0] ?? '')
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const { isSaving, failure, save } = useSaving(object, onMerged)
  const count = records?.length ?? ids.length
  const isTooMany = ids.length > most
  const names = { count, name: label(object.pluralLabel) }
  const survivor = records?.find(({ id }) => id === survivorId) ?? records?.[0]
  const fields = records ? differing(object, records, name => mayWrite(app, object, name)) : []
  const merge = () => {
    if (!records || !survivor) return
    const from = records.filter(record => record !== survivor).map(({ id }) => id)
    void save({ survivor, title: titleOf(object, survivor, app), from, data: mergedData(fields, records, survivor.id, chosen) })
  }
  return (
    <SheetDrawer
      open
      full
      title={t('merge.title', names)}
      width={Math.max(narrowest, 160 + columnWidth * count)}
      onClose={onClose}
      footer={
        <div className="merge-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isSaving} disabled={!survivor || count < fewest || isTooMany} onClick={merge}>
            {t('merge.verb', names)}
          </Button>
        </div>
      }
    >
      {isOpen && (
        <Labelled
          className="merge-others"
          id="merge-others"
          label={t('merge.others', { name: label(object.pluralLabel) })}
          error={isTooMany ? t('merge.tooMany', { count: most }) : undefined}
        >
          <RecordsPicker
            id="merge-others"
            object={object}
            chosen={added}
            onChange={chosen => setAdded(chosen.filter(({ id }) => !given.includes(id)))}
            describedBy="merge-others-note"
          />
        </Labelled>
      )}
      {error && <ListFailed error={error} onRetry={() => void refetch()} />}
      {!records && !error && <Skeleton width="100%" height={180} />}
      {records && records.length < ids.length && <p role="alert">{t('merge.gone')}</p>}
      {records && survivor && count >= fewest && !isTooMany && (
        <>
          {failure !== undefined && (
            <p className="field-error" role="alert">
              <CircleAlert size={14} aria-hidden /> {failure}
            </p>
          )}
          <Choices
            {...{ object, records, fields, survivor: survivor.id, chosen }}
            onSurvivor={setSurvivor}
            onChoose={(field, id) => setChosen(before => new Map(before).set(field, id))}
          />
          <Effects object={object} from={records.filter(record => record !== survivor).map(({ id }) => id)} />
        </>
      )}
    </SheetDrawer>
  )
}

function useSaving(object: ObjectModel, onMerged: (survivor: string) => void) {
  const { t } = useTranslation()
  const merge = useMerge(object)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<string>()
  const save = async (asked: Parameters<typeof merge>[0]) => {
    if (isSaving) return
    setSaving(true)
    setFailure(undefined)
    try {
      await merge(asked)
      onMerged(asked.survivor.id)
    } catch (error) {
      setFailure(failureText(error, t))
      setSaving(false)
    }
  }
  return { isSaving, failure, save }
}

function titleOf(object: ObjectModel, record: RecordValues, app: ReturnType<typeof useApp>): string {
  const field = object.fields[titleName(object)]
  return (field && textOf(field, record, app)) || record.id.slice(-6)
}

interface ChoicesProps {
  object: ObjectModel
  records: readonly RecordValues[]
  fields: readonly FieldModel[]
  survivor: string
  chosen: ReadonlyMap<string, string>
  onSurvivor: (id: string) => void
  onChoose: (field: string, id: string) => void
}

function Choices({ object, records, fields, survivor, chosen, onSurvivor, onChoose }: ChoicesProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const number = Object.values(object.fields).find(field => field.type.name === 'autonumber' && field.name !== titleName(object))
  const columns = { '--columns': records.length } as React.CSSProperties
  return (
    <div className="merge-table" style={columns}>
      <fieldset className="merge-row merge-heads">
        <legend>{t('merge.stays')}</legend>
        {records.map(record => (
          <Radio
            key={record.id}
            name="merge-survivor"
            className={record.id === survivor ? 'is-chosen' : ''}
            checked={record.id === survivor}
            onChange={() => onSurvivor(record.id)}
          >
            <span className="merge-name">{titleOf(object, record, app)}</span>
            {number && <span className="merge-number num">{textOf(number, record, app)}</span>}
          </Radio>
        ))}
      </fieldset>
      {fields.map(field => {
        const { Display } = faceOf(field)
        const winner = winnerOf(field, records, survivor, chosen.get(field.name))
        return (
          <fieldset key={field.name} className="merge-row">
            <legend>{label(field.label)}</legend>
            {records.map(record => (
              <Radio
                key={record.id}
                name={`merge-${field.name}`}
                className={record.id === winner ? 'is-chosen' : ''}
                checked={record.id === winner}
                disabled={!isUsable(field, record, records) && !isEmptyValue(record[field.key])}
                onChange={() => onChoose(field.name, record.id)}
              >
                <span className="merge-of">{titleOf(object, record, app)}</span>
                <Display field={field} record={record} place="history" />
              </Radio>
            ))}
          </fieldset>
        )
      })}
      {fields.length === 0 && <p className="merge-note">{t('merge.same')}</p>}
    </div>
  )
}

/** What comes with it: how many records move, and that there is a way back. */
function Effects({ object, from }: { object: ObjectModel; from: readonly string[] }) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const { data } = useEffects(object, from)
  const nameOf = (name: string) => {
    const moved = Object.hasOwn(app.model.objects, name) ? app.model.objects[name] : undefined
    return moved ? label(moved.pluralLabel) : name
  }
  const moves = (data ?? []).map(effect => t('merge.moves', { count: effect.count, name: nameOf(effect.object) }))
  return (
    <div className="merge-effects" aria-live="polite">
      <p>
        {data === undefined
          ? t('merge.counting')
          : moves.length === 0
            ? t('merge.nothing')
            : t('merge.moved', { list: moves.join(t('listed')) })}
      </p>
      <p>{t('merge.back', { count: from.length, name: label(object.pluralLabel) })}</p>
    </div>
  )
}
