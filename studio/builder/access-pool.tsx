import type { PoolDefinition } from '@tessera/platform/definitions/record-access.js'
import { Checkbox, InputNumber, Select } from 'antd'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import type { AccessPartProps } from './access-part.js'
import { Property } from './property.js'
import { useRightsTexts } from './rights-texts.js'

type Recycle = NonNullable<PoolDefinition['recycle']>

/** The public pool: who may claim how many, and when records go back. */
export function AccessPool({ object, access, change, errorAt }: AccessPartProps) {
  const { t } = useRightsTexts()
  const { pool } = access
  const put = (patch: Partial<PoolDefinition>) => change({ pool: without({ ...pool, ...patch }) })
  const number = (key: 'limit' | 'again') => (
    <Property id={`pool-${key}`} label={t(`pool.${key}`)} help={t(`pool.${key}Help`)} error={errorAt(`pool/${key}`)}>
      <InputNumber
        id={`pool-${key}`}
        min={1}
        max={key === 'limit' ? 1_000_000 : 3650}
        precision={0}
        value={pool?.[key] ?? null}
        onChange={value => put({ [key]: value ?? undefined } as Partial<PoolDefinition>)}
      />
    </Property>
  )
  return (
    <fieldset className="property-group">
      <legend>{t('pool.title')}</legend>
      <div className="property">
        <Checkbox
          checked={pool !== undefined}
          disabled={!object.hasOwner && !pool}
          onChange={event => change({ pool: event.target.checked ? {} : undefined })}
        >
          {t('pool.on')}
        </Checkbox>
        <p className="field-help">{object.hasOwner ? t('pool.help') : t('pool.needsOwner')}</p>
        {errorAt('pool') && (
          <p className="field-error" role="alert">
            {errorAt('pool')}
          </p>
        )}
      </div>
      {pool && number('limit')}
      {pool && number('again')}
      {pool && (
        <Recycling object={object} recycle={pool.recycle} put={recycle => put({ recycle } as Partial<PoolDefinition>)} errorAt={errorAt} />
      )}
    </fieldset>
  )
}

interface RecyclingProps extends Pick<AccessPartProps, 'object' | 'errorAt'> {
  recycle: Recycle | undefined
  put: (recycle: Recycle | undefined) => void
}

function Recycling({ object, recycle, put, errorAt }: RecyclingProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const days = seenFields(object).filter(({ type }) => type.name === 'date' || type.name === 'dateTime')
  const first = days[0]
  const number = (key: 'days' | 'warn' | 'protect') =>
    recycle && (
      <Property id={`pool-${key}`} label={t(`pool.${key}`)} error={errorAt(`pool/recycle/${key}`)}>
        <InputNumber
          id={`pool-${key}`}
          min={1}
          max={3650}
          precision={0}
          value={recycle[key] ?? null}
          onChange={value => put(without({ ...recycle, [key]: value ?? (key === 'days' ? recycle.days : undefined) }) as Recycle)}
        />
      </Property>
    )
  return (
    <>
      <div className="property">
        <Checkbox
          checked={recycle !== undefined}
          disabled={!first && !recycle}
          onChange={event => put(event.target.checked && first ? { since: first.name, days: 30 } : undefined)}
        >
          {t('pool.recycle')}
        </Checkbox>
        {!first && <p className="field-help">{t('pool.needsDay')}</p>}
      </div>
      {recycle && (
        <Property id="pool-since" label={t('pool.since')} error={errorAt('pool/recycle/since')}>
          <Select
            id="pool-since"
            value={recycle.since}
            onChange={since => put({ ...recycle, since })}
            options={days.map(field => ({ value: field.name, label: label(field.label) }))}
            style={{ width: '100%' }}
          />
        </Property>
      )}
      {number('days')}
      {number('warn')}
      {number('protect')}
    </>
  )
}

const without = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
