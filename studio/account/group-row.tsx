import { Ellipsis } from 'lucide-react'
import { useLabel } from '../api/app.js'
import type { Group } from '../api/groups.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { confirm } from '../ui/confirm.js'
import { Menu } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { type Person, useDeed } from './security.js'

interface GroupRowProps {
  group: Group
  depth: number
  people: readonly Person[]
  onEdit: () => void
}

const deepest = 6

/** One group with who stands in it. */
export function GroupRow({ group, depth, people, onEdit }: GroupRowProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const name = label(group.label) || group.name
  const remove = useDeed<{ kind: string; name: string }, boolean>(
    'mutation RemoveGroup($kind: String!, $name: String!) { removeGroup(kind: $kind, name: $name) }',
    'removeGroup',
    ['groups'],
  )
  const ask = async () => {
    const question = { title: t('group.removeAsk', { name }), body: t('group.removeBody'), verb: t('group.remove'), danger: true }
    if (await confirm(question))
      remove.mutate({ kind: group.kind, name: group.name }, { onError: error => toastFailure(failureText(error, t)) })
  }
  const names = group.members.map(id => people.find(person => person.id === id)?.name ?? '…')
  const entries = [
    { key: 'edit', label: t('group.change'), run: onEdit },
    { key: 'remove', label: t('group.remove'), danger: true, run: () => void ask() },
  ]
  return (
    <li style={{ paddingInlineStart: 14 + Math.min(depth, deepest) * 20 }}>
      <div className="account-row-text">
        <span className="cut">
          {name} <code className="quiet">{group.name}</code>
        </span>
        <span className="quiet">{names.length > 0 ? names.join(t('group.and')) : t('group.empty')}</span>
      </div>
      <Menu label={t('group.actions', { name })} groups={[{ key: 'deeds', entries }]}>
        <IconButton icon={Ellipsis} label={t('group.actions', { name })} />
      </Menu>
    </li>
  )
}
