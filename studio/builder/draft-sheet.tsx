import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useApp } from '../api/app.js'
import { previewLink } from '../api/preview.js'
import { Sheet } from '../ui/sheet.js'
import { failureText } from '../views/failure.js'
import { type DraftHead, describeDraft, listPeople, type Person } from './draft-api.js'
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
  const others = people.filter(({ id, active, service }) => id !== member.id && active && !service)
  const isBuilder = ({ roles }: Person) => roles.some(role => model.roles[role]?.admin)
  const groups = [
    { id: 'draft-editors', label: t('draft.editors'), help: t('draft.editorsHelp'), members: others.filter(isBuilder) },
    { id: 'draft-viewers', label: t('draft.viewers'), help: t('draft.viewersHelp'), members: others.filter(one => !isBuilder(one)) },
  ]
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
        {groups.map(({ id, label, help, members }) => (
          <Property key={id} id={id} label={label} help={help}>
            <Select
              id={id}
              mode="multiple"
              value={editors.filter(editor => members.some(one => one.id === editor))}
              options={members.map(one => ({ value: one.id, label: one.name }))}
              optionFilterProp="label"
              onChange={(chosen: string[]) => setEditors([...editors.filter(editor => !members.some(one => one.id === editor)), ...chosen])}
            />
          </Property>
        ))}
        <Property id="draft-link" label={t('draft.previewLink')} help={t('draft.previewLinkHelp')}>
          <Input id="draft-link" value={previewLink(head.id)} readOnly onFocus={event => event.target.select()} />
        </Property>
      </form>
    </Sheet>
  )
}
