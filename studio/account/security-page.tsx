import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, InputNumber, Select } from 'antd'
import { ShieldCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { ask } from '../api/client.js'
import { Labelled } from '../ui/labelled.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { useDeed, wrongAt } from './security.js'
import { useTexts } from './texts.js'
import './account.css'

interface Policy {
  passwordLeast: number
  sessionIdle: number
  sessionDays: number
  secondFactor: boolean
  secondFactorRoles: string[]
  exportAlert: number
  exportAlertSensitive: number
  exportBlock: boolean
  binDays: number
}

const parts = 'passwordLeast sessionIdle sessionDays secondFactor secondFactorRoles exportAlert exportAlertSensitive exportBlock binDays'
const numbers = [
  ['passwordLeast', 12, 64],
  ['sessionIdle', 5, 129_600],
  ['sessionDays', 1, 365],
  ['binDays', 1, 3_650],
  ['exportAlert', 0, 10_000_000],
  ['exportAlertSensitive', 0, 10_000_000],
] as const

/** How people of the workspace sign in. */
export default function SecurityPage() {
  const { t } = useTexts()
  const { member } = useApp()
  useTitle(t('policy.title'), t('studio'), member.workspace.name)
  const { data, error } = useQuery({
    queryKey: ['policy'],
    queryFn: async ({ signal }) =>
      (await ask<{ workspaceSettings: Policy }>('/platform', `query Policy { workspaceSettings { ${parts} } }`, {}, signal))
        .workspaceSettings,
  })
  return (
    <>
      <PageHead title={t('policy.title')} icon={ShieldCheck} />
      <div className="scroll-page">
        <div className="account-page">
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={200} />}
          {data && <PolicyForm kept={data} />}
        </div>
      </div>
    </>
  )
}

function PolicyForm({ kept }: { kept: Policy }) {
  const { t } = useTexts()
  const label = useLabel()
  const client = useQueryClient()
  const { model } = useApp()
  const [policy, setPolicy] = useState(kept)
  const save = useDeed<{ data: Policy }, Policy>(
    `mutation SavePolicy($data: WorkspaceSettingsUpdate!) { updateWorkspaceSettings(data: $data) { ${parts} } }`,
    'updateWorkspaceSettings',
  )
  const set = (change: Partial<Policy>) => setPolicy(before => ({ ...before, ...change }))
  const done = (saved: Policy) => {
    client.setQueryData(['policy'], saved)
    toast(t('policy.saved'))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) save.mutate({ data: policy }, { onSuccess: done })
  }
  const roles = Object.values(model.roles).map(role => ({ value: role.name, label: label(role.definition.label) }))
  const isElsewhere = save.error && !numbers.some(([key]) => wrongAt(save.error, key))
  return (
    <form className="account-form" onSubmit={submit} noValidate aria-label={t('policy.title')}>
      {isElsewhere && (
        <div className="wide">
          <Problem title={failureText(save.error, t)} />
        </div>
      )}
      {numbers.map(([key, min, max]) => (
        <Labelled
          key={key}
          className="labelled"
          id={key}
          label={t(`policy.${key}`)}
          help={t(`policy.${key}Help`)}
          error={wrongAt(save.error, key)}
        >
          <InputNumber id={key} min={min} max={max} precision={0} value={policy[key]} onChange={value => set({ [key]: value ?? min })} />
        </Labelled>
      ))}
      <div className="wide account-switch">
        <Checkbox checked={policy.exportBlock} onChange={event => set({ exportBlock: event.target.checked })}>
          {t('policy.exportBlock')}
        </Checkbox>
      </div>
      <div className="wide account-switch">
        <Checkbox checked={policy.secondFactor} onChange={event => set({ secondFactor: event.target.checked })}>
          {t('policy.secondFactor')}
        </Checkbox>
      </div>
      {!policy.secondFactor && (
        <div className="wide">
          <Labelled
            className="labelled"
            id="secondFactorRoles"
            label={t('policy.secondFactorRoles')}
            help={t('policy.secondFactorRolesHelp')}
          >
            <Select
              id="secondFactorRoles"
              mode="multiple"
              options={roles}
              optionFilterProp="label"
              value={policy.secondFactorRoles}
              onChange={chosen => set({ secondFactorRoles: chosen })}
            />
          </Labelled>
        </div>
      )}
      <div className="wide account-buttons">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
