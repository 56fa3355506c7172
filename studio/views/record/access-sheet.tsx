import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Select } from 'antd'
import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApp } from '../../api/app.js'
import { type AccessReason, type ExplainedAction, useExplainedAccess } from '../../api/record-rights.js'
import { useMembers } from '../../api/records.js'
import { WhyLines } from '../../fields/why-list.js'
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
      {data && alike(data).map(one => <Explained key={one.actions.join()} explained={one} object={object.name} />)}
    </Sheet>
  )
}

/** What says why not, rather than when else. */
const withholding: ReadonlySet<string> = new Set(['restrict', 'noGrant'])

/** Actions that are given or withheld by the same. */
interface Alike {
  readonly actions: readonly string[]
  readonly allowed: boolean
  readonly shown: readonly AccessReason[]
}

/** What gives an action here, or, when it is not allowed, what would and what withholds it. */
const shownOf = ({ allowed, reasons }: ExplainedAction): readonly AccessReason[] =>
  reasons.filter(({ kind, holds }) =>
    allowed ? holds && kind !== 'restrict' : withholding.has(kind) ? holds : !holds && kind !== 'shared',
  )

/** Actions with the same explanation as one, in the order of the first of them. */
function alike(explained: readonly ExplainedAction[]): Alike[] {
  const found = new Map<string, Alike>()
  for (const one of explained) {
    const shown = shownOf(one)
    const key = JSON.stringify([one.allowed, shown])
    found.set(key, { actions: [...(found.get(key)?.actions ?? []), one.action], allowed: one.allowed, shown })
  }
  return [...found.values()]
}

/** Actions, and by what they are given or withheld: who and what by name, rules with what stands in the record. */
function Explained({ explained: { actions, allowed, shown }, object }: { explained: Alike; object: string }) {
  const { t, i18n } = useTranslation()
  const { member } = useApp()
  const title = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(actions.map(action => t(`access.action.${action}`)))
  const Icon = allowed ? Check : Minus
  return (
    <section className={allowed ? 'access-action allowed' : 'access-action'} aria-label={title}>
      <h3>
        <Icon size={15} aria-hidden /> {title}
        <span className="sr-only"> · {t(allowed ? 'access.allowed' : 'access.refused')}</span>
      </h3>
      {!allowed && shown.some(({ kind }) => !withholding.has(kind)) && <p className="quiet">{t('access.would')}</p>}
      <ul className="access-reasons">
        {shown.map(({ kind, role, name, text, lines }) => (
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
            {lines.length > 0 && <WhyLines lines={lines} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
