import { dateFormats } from '@tessera/platform/fields/date-text.js'
import { isSnapshot } from '@tessera/platform/model/lookup-values.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { linkKeys, matchKeys } from '@tessera/platform/records/import-keys.js'
import { type ImportColumn, linkFields } from '@tessera/platform/records/import-mapping.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useApp, useLabel } from '../../api/app.js'
import { IconButton } from '../../ui/small.js'
import { fed, fedTwice, refined, type SeenColumn, unfedOf } from './import-state.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'

/** The fields that a file can feed. */
const feedable = (object: ObjectModel, model: Model): FieldModel[] => [
  ...Object.values(object.fields).filter(
    field =>
      field.currencyOf === null &&
      ((field.columns.length > 0 && (field.writable || field.sinceOf !== undefined) && (!field.system || field.name === 'owner')) ||
        field.name === 'id' ||
        isSnapshot(field) ||
        field.typeOf !== undefined ||
        field.type.name === 'autonumber'),
  ),
  ...linkFields(object, model).map(({ field }) => field),
]

/** What an entry of a mapping feeds: a field, or links. */
const fedField = (object: ObjectModel, model: Model, name: string): FieldModel | undefined =>
  lookup(object.fields, name) ?? linkFields(object, model).find(({ field }) => field.name === name)?.field

/** Which column of the file feeds which field, and how existing records are found. */
export function ColumnsStep(props: StepProps) {
  const { object, state, change } = props
  const { t } = useTexts()
  const label = useLabel()
  const { locale, model } = useApp()
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names)
  const twice = fedTwice(state.mapping)
  const isEmpty = state.mapping.length === 0
  const problem = isEmpty
    ? t('columns.none')
    : twice.length > 0
      ? t('columns.twice', { name: label(fedField(object, model, twice[0] ?? '')?.label) })
      : undefined
  const unfed = unfedOf(state.mapping, object).map(name => label(lookup(object.fields, name)?.label))
  return (
    <StepFrame
      title={t('columns.title')}
      text={t('columns.text', { file: state.file?.name, rows: state.rows, count: state.rows })}
      foot={
        <>
          <Button onClick={() => change({ ...state, step: 'file' })}>{t('back')}</Button>
          <span className="grow quiet">{problem}</span>
          <Button type="primary" disabled={problem !== undefined} onClick={() => change({ ...state, step: 'values' })}>
            {t('continue')}
          </Button>
        </>
      }
    >
      <ul className="column-rows">
        {state.columns.map(column => (
          <ColumnRow key={column.name} column={column} {...props} />
        ))}
      </ul>
      {!isEmpty && unfed.length > 0 && <p className="stale">{t('columns.unfed', { names: list(unfed), count: unfed.length })}</p>}
      <MatchChoice {...props} />
    </StepFrame>
  )
}

function ColumnRow({ column, ...props }: StepProps & { column: SeenColumn }) {
  const { t } = useTexts()
  const entries: readonly (ImportColumn | undefined)[] = props.state.mapping.filter(entry => entry.column === column.name)
  const shown = entries.length > 0 ? entries : [undefined]
  return (
    <li className="column-row">
      <div className="column-file">
        <div className="column-name">{column.name}</div>
        <div className="column-samples cut quiet">{column.samples.join(' · ') || t('columns.noSamples')}</div>
        <div className="quiet num column-filled">{t('columns.filled', { count: column.filled })}</div>
      </div>
      <div className="column-feeds">
        {shown.map((entry, index) => (
          <Feed key={entry?.field ?? 'none'} column={column} entry={entry} isFirst={index === 0} {...props} />
        ))}
        {entries.length > 0 && <AlsoFeeds column={column} {...props} />}
      </div>
    </li>
  )
}

function Feed({
  column,
  entry,
  isFirst,
  object,
  state,
  change,
}: StepProps & { column: SeenColumn; entry: ImportColumn | undefined; isFirst: boolean }) {
  const { t } = useTexts()
  const { model } = useApp()
  const field = entry && fedField(object, model, entry.field)
  const isGuess = entry !== undefined && entry.field === column.field && column.guess !== null
  return (
    <div className="feed">
      <div className="feed-line">
        <FieldChoice
          object={object}
          label={t('columns.feeds', { name: column.name })}
          value={entry?.field}
          onChange={name => change(fed(state, entry, column.name, name))}
        />
        {isGuess && <span className={`guess ${column.guess}`}>{t(`columns.${column.guess === 'near' ? 'near' : 'suggested'}`)}</span>}
        {!isFirst && <IconButton icon={Trash2} label={t('columns.remove')} onClick={() => change(fed(state, entry, column.name, null))} />}
      </div>
      {entry && field && <Particulars entry={entry} field={field} state={state} change={change} />}
    </div>
  )
}

function FieldChoice({
  object,
  value,
  onChange,
  label: name,
}: {
  object: ObjectModel
  value: string | undefined
  onChange: (field: string | null) => void
  label: string
}) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useApp()
  const fields = feedable(object, model).map(field => ({
    value: field.name,
    label: field.name === 'id' ? 'ID' : `${label(field.label)}${field.definition.required ? ' *' : ''}`,
  }))
  return (
    <Select
      aria-label={name}
      className="feed-field"
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={next => onChange(next === '' ? null : next)}
      options={[{ value: '', label: t('columns.skip') }, ...fields]}
    />
  )
}

/** How dates are written, and by what the records of a relation are named. */
function Particulars({ entry, field, state, change }: Pick<StepProps, 'state' | 'change'> & { entry: ImportColumn; field: FieldModel }) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useApp()
  const targets = (field.targets ?? []).flatMap(name => lookup(model.objects, name) ?? [])
  const target = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  if (field.type.name === 'date' || field.type.name === 'dateTime')
    return (
      <div className="feed-more">
        <span aria-hidden>{t('columns.dateFormat')}</span>
        <Select
          aria-label={t('columns.dateFormat')}
          size="small"
          value={entry.dateFormat ?? ''}
          onChange={dateFormat => change(refined(state, entry, { dateFormat }))}
          options={[{ value: '', label: t('columns.dateAny') }, ...dateFormats.map(value => ({ value, label: value }))]}
        />
      </div>
    )
  if (!field.relation && targets.length === 0) return null
  const keys =
    targets.length > 0
      ? keysOfTargets(targets, t('columns.byTitle'), label)
      : target
        ? linkKeys(target).map(key => ({ value: key.name, label: key.name === 'id' ? 'ID' : label(key.label) }))
        : ['email', 'name'].map(value => ({ value, label: t(`columns.member.${value}`) }))
  return (
    <div className="feed-more">
      <span aria-hidden>{t('columns.by')}</span>
      <Select
        aria-label={t('columns.by')}
        size="small"
        value={entry.by ?? (targets.length > 0 ? '' : (target?.title ?? 'email'))}
        onChange={by => change(refined(state, entry, by === '' ? { by: undefined } : { by }))}
        options={keys}
      />
    </div>
  )
}

/** By what records of several objects can be found: what each is called, or a key that one of them has. */
function keysOfTargets(targets: readonly ObjectModel[], title: string, label: ReturnType<typeof useLabel>) {
  const keys = targets.flatMap(target => linkKeys(target).filter(key => key.name !== target.title))
  const unique = [...new Map(keys.map(key => [key.name, key])).values()]
  return [{ value: '', label: title }, ...unique.map(key => ({ value: key.name, label: key.name === 'id' ? 'ID' : label(key.label) }))]
}

/** One column can feed a second field: choosing one adds it. */
function AlsoFeeds({ column, object, state, change }: StepProps & { column: SeenColumn }) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useApp()
  const free = feedable(object, model).filter(field => !state.mapping.some(entry => entry.field === field.name))
  return (
    <Select
      aria-label={t('columns.also', { name: column.name })}
      className="feed-also"
      size="small"
      variant="borderless"
      suffixIcon={<Plus size={13} aria-hidden />}
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      placeholder={t('columns.alsoShort')}
      onChange={(name: string | null) => name !== null && change(fed(state, undefined, column.name, name))}
      options={free.map(field => ({ value: field.name, label: field.name === 'id' ? 'ID' : label(field.label) }))}
    />
  )
}

function MatchChoice({ object, state, change }: StepProps) {
  const { t } = useTexts()
  const label = useLabel()
  const keys = matchKeys(object).filter(field => state.mapping.some(entry => entry.field === field.name))
  return (
    <div className="match-choice">
      <label htmlFor="import-match">{t('match.label')}</label>
      <Select
        id="import-match"
        placement="topLeft"
        value={state.match ?? ''}
        onChange={match => change({ ...state, match: match === '' ? null : match, trial: null })}
        options={[
          { value: '', label: t('match.none') },
          ...keys.map(field => ({ value: field.name, label: t('match.by', { name: field.name === 'id' ? 'ID' : label(field.label) }) })),
        ]}
      />
      <p className="quiet">{keys.length === 0 ? t('match.noKeys') : t('match.help')}</p>
    </div>
  )
}
