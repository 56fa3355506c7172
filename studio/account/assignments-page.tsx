import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { Button } from 'antd'
import { CalendarClock, Plus } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../api/app.js'
import { type Assignment, useAssignments } from '../api/groups.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { Avatar } from '../ui/avatar.js'
import { confirm } from '../ui/confirm.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { Sheet } from '../ui/sheet.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { AssignmentForm } from './assignment-form.js'
import { useRoleOptions } from './role-options.js'
import { useDeed, usePeople } from './security.js'
import './account.css'

/** Which roles members hold for a time: those that last, those to come, those that ended. */
export default function AssignmentsPage() {
  const { t } = useRightsTexts()
  const { member } = useApp()
  const { data, error } = useAssignments()
  const [isOpen, setOpen] = useState(false)
  useTitle(t('assignments.title'), t('studio'), member.workspace.name)
  const now = Date.now()
  const isOver = ({ until }: Assignment) => until !== null && Date.parse(until) <= now
  const parts = data
    ? ([
        ['assignments.lasting', data.filter(one => one.active)],
        ['assignments.coming', data.filter(one => !one.active && !isOver(one))],
        ['assignments.over', data.filter(one => !one.active && isOver(one)).reverse()],
      ] as const)
    : []
  const add = (
    <Button type="primary" icon={<Plus size={15} aria-hidden />} onClick={() => setOpen(true)}>
      {t('assignments.add')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('assignments.title')} icon={CalendarClock}>
        {data && data.length > 0 && add}
      </PageHead>
      <div className="scroll-page">
        <div className="account-page">
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={160} />}
          {data?.length === 0 && (
            <EmptyState title={t('assignments.none')} text={t('assignments.noneHint')}>
              {add}
            </EmptyState>
          )}
          {parts
            .filter(([, rows]) => rows.length > 0)
            .map(([title, rows]) => (
              <section key={title} aria-label={t(title)}>
                <h2>{t(title)}</h2>
                <ul className="account-rows">
                  {rows.map(row => (
                    <AssignmentRow key={row.id} row={row} isOver={isOver(row)} />
                  ))}
                </ul>
              </section>
            ))}
        </div>
      </div>
      <Sheet title={t('assignments.add')} open={isOpen} onClose={() => setOpen(false)}>
        {isOpen && <AssignmentForm onDone={() => setOpen(false)} />}
      </Sheet>
    </>
  )
}

function AssignmentRow({ row, isOver }: { row: Assignment; isOver: boolean }) {
  const { t } = useRightsTexts()
  const { locale, timeZone } = useApp()
  const people = usePeople()
  const roles = useRoleOptions()
  const end = useDeed<{ id: string }, boolean>('mutation EndAssignment($id: ID!) { endAssignment(id: $id) }', 'endAssignment', [
    'assignments',
  ])
  const name = people.data?.find(({ id }) => id === row.member)?.name ?? '…'
  const role = roles.find(({ value }) => value === row.role)?.label ?? row.role
  const at = (moment: string) => formatDateTime(moment, locale, timeZone)
  const spans = [
    row.from ? t('assignments.from', { at: at(row.from) }) : '',
    row.until ? t('assignments.until', { at: at(row.until) }) : t('assignments.open'),
  ]
  const ask = async () => {
    const question = {
      title: t('assignments.endAsk', { name, role }),
      body: t('assignments.endBody'),
      verb: t('assignments.end'),
      danger: true,
    }
    if (await confirm(question)) end.mutate({ id: row.id }, { onError: error => toastFailure(failureText(error, t)) })
  }
  return (
    <li>
      <Avatar name={name} size={28} />
      <div className={isOver ? 'account-row-text account-off' : 'account-row-text'}>
        <span className="cut">
          {name} · {role}
        </span>
        <span className="quiet num">{spans.filter(text => text).join(' · ')}</span>
      </div>
      {!isOver && (
        <Button type="text" onClick={() => void ask()}>
          {t('assignments.end')}
        </Button>
      )}
    </li>
  )
}
