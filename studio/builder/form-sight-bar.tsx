import { useQuery } from '@tanstack/react-query'
import { rootNames } from '@tessera/platform/model/naming.js'
import { lookup } from '@tessera/platform/registry.js'
import { Segmented, Select } from 'antd'
import { Monitor, Smartphone } from 'lucide-react'
import { useApp, useLabel } from '../api/app.js'
import { ask } from '../api/client.js'
import type { RecordValues } from '../api/records.js'
import { textOf } from '../fields/face.js'
import { selectionOf, titleName } from '../fields/selection.js'
import { type FormSight, useFormDesign } from './form-design.js'
import { useWorkshop } from './workshop.js'

const everyone = ''
const newRecord = ''

/** How the form is looked at: arranged or filled in, for which role, on which record, how wide, in which language. */
export function FormSightBar() {
  const { t, sight, see } = useFormDesign()
  const label = useLabel()
  const { model } = useWorkshop()
  const roles = Object.values(model.roles).map(({ name, definition }) => ({ value: name, label: label(definition.label) || name }))
  return (
    <div className="form-sight" role="group" aria-label={t('formDesigner.sight')}>
      <Segmented
        aria-label={t('formDesigner.mode')}
        value={sight.isTried ? 'try' : 'arrange'}
        onChange={mode => see({ isTried: mode === 'try' })}
        options={[
          { value: 'arrange', label: t('formDesigner.arrange') },
          { value: 'try', label: t('formDesigner.try') },
        ]}
      />
      <Select
        aria-label={t('formDesigner.role')}
        value={sight.role ?? everyone}
        onChange={role => see({ role: role === everyone ? null : role })}
        options={[{ value: everyone, label: t('formDesigner.everyone') }, ...roles]}
        popupMatchSelectWidth={false}
      />
      <RecordChoice />
      <Segmented<FormSight['device']>
        aria-label={t('formDesigner.device')}
        value={sight.device}
        onChange={device => see({ device })}
        options={[
          { value: 'desk', icon: <Monitor size={15} role="img" aria-label={t('formDesigner.desk')} /> },
          { value: 'phone', icon: <Smartphone size={15} role="img" aria-label={t('formDesigner.phone')} /> },
        ]}
      />
      <Segmented<FormSight['language']>
        aria-label={t('formDesigner.language')}
        value={sight.language}
        onChange={language => see({ language })}
        options={[
          { value: 'en', label: 'EN' },
          { value: 'zh-CN', label: '中文' },
        ]}
      />
    </div>
  )
}

const mostOffered = 20

/** The records that changed last, to look at the form with their values. */
function RecordChoice() {
  const { t, form, sight, see } = useFormDesign()
  const app = useApp()
  const { liveModel } = useWorkshop()
  const object = lookup(liveModel.objects, form.object)
  const select = object ? selectionOf(object, [titleName(object)], app.model) : ''
  const { data } = useQuery({
    queryKey: ['records', form.object, 'form designer', select],
    enabled: object !== undefined,
    queryFn: async ({ signal }) => {
      const root = rootNames(form.object, object?.plural ?? '').queries.many
      const query = `query Recent { found: ${root}(first: ${mostOffered}, orderBy: [{ updatedAt: DESC }]) { nodes { ${select} } } }`
      return (await ask<{ found: { nodes: RecordValues[] } }>('/graphql', query, {}, signal)).found.nodes
    },
  })
  const title = object?.fields[titleName(object)]
  const records = (data ?? []).map(record => ({ value: record.id, label: (title && textOf(title, record, app)) || record.id }))
  return (
    <Select
      aria-label={t('formDesigner.record')}
      className="form-sight-record"
      showSearch={{ optionFilterProp: 'label' }}
      value={sight.record ?? newRecord}
      onChange={record => see({ record: record === newRecord ? null : record })}
      options={[{ value: newRecord, label: t('formDesigner.newRecord') }, ...records]}
      popupMatchSelectWidth={false}
    />
  )
}
