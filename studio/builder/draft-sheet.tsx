import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useApp } from '../api/app.js'
import { Sheet } from '../ui/sheet.js'
import { failureText } from '../views/failure.js'
import { type DraftHead, describeDraft, listPeople } from './draft-api.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Names a draft, and says who works on it too: admins, since nobody else builds. */
export default function DraftSheet({ head, onClose }: { head: DraftHead; onClose: () => void }) {
  const { t } = useTexts()
  const { member } = useApp()
  const { sync, model } = useWorkshop()
  const [name, setName] = useState(head.name)
  const [editors, setEditors] = useState<readonly string[]>(head.editors)
  const [failure, setFailure] = useState<unknown>(null)
  const { data: people = [] } = useQuery({ queryKey: ['people'], queryFn: ({ signal }) => listPeople(signal) })
  const builders = people.filter(
    ({ id, active, service, roles }) => id !== member.id && active && !service && roles.some(role => model.roles[role]?.admin),
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await describeDraft(head.id, name, editors)
      sync.refresh()
      onClose()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Sheet
      open
      title={t('draft.describe')}
      onClose={onClose}
      footer={
        <Button type="primary" htmlType="submit" form="draft-form" disabled={name.trim() === ''}>
          {t('save')}
        </Button>
      }
    >
      <form id="draft-form" onSubmit={event => void submit(event)} noValidate>
        <Property id="draft-name" label={t('draft.name')} error={failure === null ? undefined : failureText(failure, t)}>
          <Input id="draft-name" value={name} maxLength={80} onChange={event => setName(event.target.value)} />
        </Property>
        <Property id="draft-editors" label={t('draft.editors')} help={t('draft.editorsHelp')}>
          <Select
            id="draft-editors"
            mode="multiple"
            value={[...editors]}
            options={builders.map(({ id, name: person }) => ({ value: id, label: person }))}
            optionFilterProp="label"
            onChange={setEditors}
          />
        </Property>
      </form>
    </Sheet>
  )
}
