import { Button, Input, Select } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { useLabel } from '../api/app.js'
import { belowNames, type Group, isTree } from '../api/groups.js'
import { nameOf } from '../builder/names.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { spelling } from '../builder/spelling.js'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { type Person, useDeed, wrongAt } from './security.js'

interface GroupFormProps {
  kind: string
  /** The one that is changed; null for a new one. */
  group: Group | null
  groups: readonly Group[]
  people: readonly Person[]
  onDone: () => void
}

const putDocument = 'mutation PutGroup($data: GroupPut!) { putGroup(data: $data) { id } }'

/** What a group is called, what stands above it, and who is in it. */
export function GroupForm({ kind, group, groups, people, onDone }: GroupFormProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const [text, setText] = useState(label(group?.label))
  const [name, setName] = useName(group, text, groups)
  const [above, setAbove] = useState(group?.above ?? null)
  const [members, setMembers] = useState([...(group?.members ?? [])])
  const put = useDeed<object, { id: string }>(putDocument, 'putGroup', ['groups'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (put.isPending) return
    const data = { kind, name: name || 'x', label: text.trim() || name, above: isTree(kind) ? above : null, members }
    put.mutate({ data }, { onSuccess: onDone })
  }
  const wrong = (key: string) => wrongAt(put.error, key)
  const lower = group ? belowNames(groups, group) : new Set<string>()
  const others = groups.filter(one => one.kind === kind && !lower.has(one.name))
  const chosen = people.filter(({ id, active }) => active || members.includes(id))
  return (
    <form onSubmit={submit} noValidate>
      {put.error && !['name', 'above', 'members'].some(wrong) && <Problem title={failureText(put.error, t)} />}
      <Labelled className="labelled" id="group-label" label={t('group.label')}>
        <Input id="group-label" maxLength={80} value={text} onChange={event => setText(event.target.value)} />
      </Labelled>
      <Labelled className="labelled" id="group-name" label={t('group.name')} help={t('group.nameHelp')} error={wrong('name')}>
        <Input
          id="group-name"
          className="code-input"
          spellCheck={false}
          disabled={group !== null}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </Labelled>
      {isTree(kind) && (
        <Labelled className="labelled" id="group-above" label={t('group.above')} help={t(`group.aboveHelp.${kind}`)} error={wrong('above')}>
          <Select
            id="group-above"
            allowClear
            value={above}
            onChange={next => setAbove(next ?? null)}
            options={others.map(one => ({ value: one.name, label: label(one.label) || one.name }))}
            notFoundContent={t('group.noneAbove')}
            style={{ width: '100%' }}
          />
        </Labelled>
      )}
      <Labelled className="labelled" id="group-members" label={t('group.members')} error={wrong('members')}>
        <Select
          id="group-members"
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={members}
          onChange={setMembers}
          options={chosen.map(person => ({ value: person.id, label: person.name }))}
          style={{ width: '100%' }}
        />
      </Labelled>
      <div className="account-buttons">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

/** The name by which records call a group: proposed from its label until somebody types another; of one that is there it stays. */
function useName(group: Group | null, text: string, groups: readonly Group[]) {
  const [typed, setTyped] = useState<string | null>(group?.name ?? null)
  const [proposed, setProposed] = useState('')
  useEffect(() => {
    let isCurrent = true
    void spelling().then(spell => {
      if (!isCurrent) return
      const wanted = text.trim() === '' ? '' : nameOf(text.trim(), spell, 'group')
      let name = wanted
      for (let at = 2; wanted !== '' && groups.some(one => one.name === name); at++) name = `${wanted.slice(0, 37)}${at}`
      setProposed(name)
    })
    return () => {
      isCurrent = false
    }
  }, [text, groups])
  return [typed ?? proposed, setTyped] as const
}
