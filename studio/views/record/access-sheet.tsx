import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Select } from 'antd'
import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApp } from '../../api/app.js'
import { type ExplainedAction, useExplainedAccess } from '../../api/record-rights.js'
import { useMembers } from '../../api/records.js'
import { Labelled } from '../../ui/labelled.js'
import { Sheet } from '../../ui/sheet.js'
import { Problem, Skeleton } from '../../ui/small.js'
import { failureText } from '../failure.js'
import './access.css'

interface AccessSheetProps {
  object: ObjectModel
  id: string
  onClose: () => void
}

/** “Why can I see this?”: what one may do with a record and which rules give it; admins ask it of anybody. */
export default function AccessSheet({ object, id, onClose }: AccessSheetProps) {
  const { t } = useTranslation()
  const { member } = useApp()
  const [asked, setAsked] = useState<string | null>(null)
  const people = useMembers(member.admin)
  const { data, error } = useExplainedAccess(object, id, asked)
  const options = [
    { value: member.id, label: `${member.name} (${t('me')})` },
    ...(people.data ?? []).filter(each => each.id !== member.id).map(each => ({ value: each.id, label: `${each.name} · ${each.email}` })),
  ]
  return (
    <Sheet title={t('access.why')} open onClose={onClose} light>
      {member.admin && (
        <Labelled className="labelled" id="access-member" label={t('access.of')}>
          <Select
            id="access-member"
            showSearch={{ optionFilterProp: 'label' }}
            value={asked ?? member.id}
            onChange={next => setAsked(next === member.id ? null : next)}
            options={options}
            style={{ width: '100%' }}
          />
        </Labelled>
      )}
      {error && <Problem title={failureText(error, t)} />}
      {!data && !error && (
        <div aria-busy="true">
          <Skeleton width="70%" />
        </div>
      )}
      {data?.map(one => (
        <Explained key={one.action} explained={one} object={object.name} />
      ))}
    </Sheet>
  )
}

/** What says why not, rather than when else. */
const withholding: ReadonlySet<string> = new Set(['restrict', 'noGrant'])

/** One action: what gives it here, or, when it is not allowed, what would and what withholds it. */
function Explained({ explained: { action, allowed, reasons }, object }: { explained: ExplainedAction; object: string }) {
  const { t } = useTranslation()
  const { member } = useApp()
  const shown = reasons.filter(({ kind, holds }) =>
    allowed ? holds && kind !== 'restrict' : withholding.has(kind) ? holds : !holds && kind !== 'shared',
  )
  const Icon = allowed ? Check : Minus
  return (
    <section className={allowed ? 'access-action allowed' : 'access-action'} aria-label={t(`access.action.${action}`)}>
      <h3>
        <Icon size={15} aria-hidden /> {t(`access.action.${action}`)}
        <span className="sr-only"> · {t(allowed ? 'access.allowed' : 'access.refused')}</span>
      </h3>
      {!allowed && shown.some(({ kind }) => !withholding.has(kind)) && <p className="quiet">{t('access.would')}</p>}
      <ul>
        {shown.map(({ kind, role, name, text }) => (
          <li key={`${kind} ${role} ${name}`}>
            {text}{' '}
            {member.admin && role !== null && (
              <Link
                className="access-role"
                to={`/studio/definitions/role/${role}?object=${object}`}
                aria-label={t('access.roleOf', { text })}
              >
                {t('access.role')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
