import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { ChevronDown, Eye, FilePlus2, Trash2, Users } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useApp } from '../api/app.js'
import { previewLink } from '../api/preview.js'
import { useMembers } from '../api/records.js'
import { Avatar } from '../ui/avatar.js'
import { confirm } from '../ui/confirm.js'
import { Menu } from '../ui/menu.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import type { DraftHead } from './draft-api.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const DraftSheet = lazy(() => import('./draft-sheet.js'))

/** Which draft is open, with the ways to another one, to name it and to let others in. */
export function DraftMenu() {
  const { t } = useTexts()
  const { member, locale, timeZone } = useApp()
  const { sync, count, discard } = useWorkshop()
  const { head, drafts, choose } = sync
  const [isNaming, setNaming] = useState(false)
  const open = (id: string | null) => void choose(id).catch((error: unknown) => toastFailure(failureText(error, t)))
  const isMine = head === null || head.author === member.id
  const giveUp = async () => {
    if (await confirm({ title: t('draft.discardTitle', { count }), body: t('draft.discardBody'), verb: t('draft.discard'), danger: true }))
      discard()
  }
  const note = (draft: DraftHead) => `${draft.name} · ${formatDateTime(draft.changedAt, locale, timeZone)}`
  const groups = [
    {
      key: 'drafts',
      entries: drafts.map(draft => ({ key: draft.id, label: note(draft), checked: draft.id === head?.id, run: () => open(draft.id) })),
    },
    {
      key: 'deeds',
      entries: [
        { key: 'new', label: t('draft.new'), icon: FilePlus2, run: () => open(null) },
        ...(head && count > 0
          ? [
              {
                key: 'preview',
                label: t('draft.preview'),
                icon: Eye,
                run: () => void window.open(previewLink(head.id), '_blank', 'noopener'),
              },
            ]
          : []),
        ...(head && isMine ? [{ key: 'share', label: t('draft.describe'), icon: Users, run: () => setNaming(true) }] : []),
        ...(isMine && count > 0
          ? [{ key: 'discard', label: t('draft.discard'), icon: Trash2, danger: true, run: () => void giveUp() }]
          : []),
      ],
    },
  ]
  return (
    <>
      <Menu label={t('draft.drafts')} groups={groups} placement="bottomLeft">
        <button type="button" className="draft-name">
          <span className="cut">{head?.name ?? t('draft.unsaved')}</span> <ChevronDown size={14} aria-hidden />
        </button>
      </Menu>
      {head && <Editors head={head} />}
      {head && isNaming && (
        <Suspense fallback={null}>
          <DraftSheet head={head} onClose={() => setNaming(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Who works on a draft beside this member. */
function Editors({ head }: { head: DraftHead }) {
  const { t } = useTexts()
  const { member } = useApp()
  const others = [head.author, ...head.editors].filter(id => id !== member.id)
  const { data = [] } = useMembers(others.length > 0)
  const people = data.filter(({ id }) => others.includes(id))
  if (people.length === 0) return null
  const names = new Intl.ListFormat().format(people.map(({ name }) => name))
  return (
    <span className="draft-editors" role="img" title={t('draft.with', { names })} aria-label={t('draft.with', { names })}>
      {people.slice(0, 4).map(({ id, name }) => (
        <Avatar key={id} name={name} size={20} />
      ))}
    </span>
  )
}
