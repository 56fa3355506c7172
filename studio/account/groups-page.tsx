import { groupKinds } from '@tessera/platform/definitions/record-access.js'
import { Button } from 'antd'
import { Network, Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { type Group, placed, useGroups } from '../api/groups.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { Sheet } from '../ui/sheet.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { TabSet } from '../ui/tab-set.js'
import { failureText } from '../views/failure.js'
import { GroupForm } from './group-form.js'
import { GroupRow } from './group-row.js'
import { usePeople } from './security.js'
import './account.css'

/** Where members stand: positions and territories as trees, teams, queues. */
export default function GroupsPage() {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { member } = useApp()
  const navigate = useNavigate()
  const asked = useParams().kind
  const kind = groupKinds.find(one => one === asked) ?? 'position'
  const { data, error } = useGroups()
  const people = usePeople()
  const [edited, setEdited] = useState<Group | 'new' | null>(null)
  useTitle(t(`group.${kind}`), t('studio'), member.workspace.name)
  const rows = placed(data ?? [], kind)
  const title = edited === null || edited === 'new' ? t(`group.add.${kind}`) : t('group.edit', { name: label(edited.label) })
  const add = (isPrimary: boolean) => (
    <Button type={isPrimary ? 'primary' : 'default'} icon={<Plus size={15} aria-hidden />} onClick={() => setEdited('new')}>
      {t(`group.add.${kind}`)}
    </Button>
  )
  return (
    <>
      <PageHead title={t('groups.title')} icon={Network}>
        {rows.length > 0 && add(true)}
      </PageHead>
      <div className="studio-tabs">
        <TabSet
          tabs={groupKinds.map(key => ({ key, label: t(`group.${key}`), count: data?.filter(group => group.kind === key).length }))}
          active={kind}
          label={t('groups.kinds')}
          panelId="group-kind"
          onChange={key => void navigate(`/studio/groups/${key}`)}
        />
      </div>
      <div className="scroll-page" id="group-kind" role="tabpanel" aria-label={t(`group.${kind}`)}>
        <div className="account-page">
          <p className="account-note">{t(`group.about.${kind}`)}</p>
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={160} />}
          {data && rows.length === 0 && (
            <EmptyState title={t(`group.none.${kind}`)} text={t('group.noneHint')}>
              {add(true)}
            </EmptyState>
          )}
          {rows.length > 0 && (
            <ul className="account-rows">
              {rows.map(({ group, depth }) => (
                <GroupRow key={group.id} group={group} depth={depth} people={people.data ?? []} onEdit={() => setEdited(group)} />
              ))}
            </ul>
          )}
        </div>
      </div>
      <Sheet title={title} open={edited !== null} onClose={() => setEdited(null)}>
        {edited !== null && (
          <GroupForm
            kind={kind}
            group={edited === 'new' ? null : edited}
            groups={data ?? []}
            people={people.data ?? []}
            onDone={() => setEdited(null)}
          />
        )}
      </Sheet>
    </>
  )
}
