import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { isSame } from '@tessera/platform/records/values.js'
import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { ask } from '../../api/client.js'
import type { RecordValues } from '../../api/records.js'
import type { Values } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import type { FormState } from '../../forms/use-record-form.js'
import { relativeTime } from './relative-time.js'

interface ConflictSheetProps {
  object: ObjectModel
  /** The record as it was when the form was opened. */
  record: RecordValues
  form: FormState
  select: string
}

/** Somebody else changed the record meanwhile: for each value that both changed, mine or theirs. */
export function ConflictSheet({ object, record, form, select }: ConflictSheetProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const client = useQueryClient()
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const { data } = useQuery({
    queryKey: ['conflict', object.name, record.id],
    queryFn: async ({ signal }) =>
      (
        await ask<{ record: RecordValues | null }>(
          '/graphql',
          `query One($id: ID!) { record: ${object.name}(id: $id) { ${select} } }`,
          { id: record.id },
          signal,
        )
      ).record,
    staleTime: 0,
  })
  if (!data) return null
  const who = (data.updatedBy as { title?: string | null } | null | undefined)?.title || t('history.system')
  const when = relativeTime(String(data.updatedAt ?? new Date().toISOString()), app.locale, app.timeZone, t('time.justNow'))
  const mine = form.changes()
  const fields = Object.values(object.fields).filter(field => Object.hasOwn(mine, field.key) && !isSame(record[field.key], data[field.key]))
  const keep = () => {
    const values: Values = Object.fromEntries(Object.entries(mine).filter(([key]) => !theirs.has(key)))
    // what is theirs now stands on every page, also when nothing of mine is left to save
    void client.invalidateQueries({ queryKey: ['records', object.name] })
    void form.save({ version: data.version, values })
  }
  const choose = (key: string, isTheirs: boolean) =>
    setTheirs(before => new Set(isTheirs ? [...before, key] : [...before].filter(each => each !== key)))
  return (
    <Modal open title={t('conflict.title')} footer={null} closable={false} mask={{ closable: false }} width={560} centered>
      <p>{t(fields.length > 0 ? 'conflict.body' : 'conflict.others', { who, when })}</p>
      {fields.length > 0 && (
        <table className="conflict">
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(field => {
              const { Display } = faceOf(field)
              const isTheirs = theirs.has(field.key)
              return (
                <tr key={field.name}>
                  <th scope="row">{label(field.label)}</th>
                  <td>
                    <Radio checked={!isTheirs} onChange={() => choose(field.key, false)}>
                      <Display field={field} record={form.values} place="history" />
                    </Radio>
                  </td>
                  <td>
                    <Radio checked={isTheirs} onChange={() => choose(field.key, true)}>
                      <Display field={field} record={data} place="history" />
                    </Radio>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <div className="leave-actions">
        <Button onClick={() => form.change({})}>{t('conflict.back')}</Button>
        <Button type="primary" loading={form.isSaving} onClick={keep}>
          {t('save')}
        </Button>
      </div>
    </Modal>
  )
}
