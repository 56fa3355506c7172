import { valueWord } from '@tessera/platform/model/property-words.js'
import { UserRoundCog } from 'lucide-react'
import { Link } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { Looking, useListed } from './check-data.js'
import type { Sight } from './consequences.js'
import { elementPlace } from './kind-faces.js'
import { useTexts } from './texts.js'

/** Who gains or loses sight of what: by role, with the records counted for some of its members. */
export function Sights({ sights }: { sights: readonly Sight[] | undefined }) {
  const { t } = useTexts()
  if (!sights) return <Looking />
  if (sights.length === 0) return <p className="quiet">{t('check.access.none')}</p>
  return (
    <ul>
      {sights.map(sight => (
        <SightRow key={`${sight.role} ${sight.object}`} sight={sight} />
      ))}
    </ul>
  )
}

function SightRow({ sight }: { sight: Sight }) {
  const { t } = useTexts()
  const label = useLabel()
  const { role, members, title, people } = sight
  return (
    <li>
      <UserRoundCog size={15} aria-hidden />
      <span>
        <Link to={elementPlace({ kind: 'role', name: role })}>{label(sight.label) || role}</Link>{' '}
        <span className="quiet num">{t('check.access.members', { count: members })}</span>
        {useSaid(sight).map(line => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {people.map(({ name, gained, lost, looked, unchecked }) => (
          <span key={name} className="block quiet num">
            {unchecked
              ? t('check.access.uncounted', { name, why: t(`check.unchecked.${unchecked}`) })
              : t('check.access.person', { name, gained, lost, object: label(title) })}
            {looked !== null && ` ${t('check.data.looked', { count: looked })}`}
          </span>
        ))}
      </span>
    </li>
  )
}

/** What a role gains and loses, a sentence each. */
function useSaid({ title, read, actionsGained, actionsLost, fieldsGained, fieldsLost }: Sight): string[] {
  const { t } = useTexts()
  const { locale } = useApp()
  const label = useLabel()
  const listed = useListed()
  const object = label(title)
  const actions = (names: readonly string[]) => names.map(name => valueWord(name, locale)).join(t('check.comma'))
  return [
    ...(read === 'same' ? [] : [t(`check.access.${read}`, { object })]),
    ...(fieldsGained.length > 0 ? [t('check.access.fieldsGained', { object, fields: listed(fieldsGained) })] : []),
    ...(fieldsLost.length > 0 ? [t('check.access.fieldsLost', { object, fields: listed(fieldsLost) })] : []),
    ...(actionsGained.length > 0 ? [t('check.access.actionsGained', { object, actions: actions(actionsGained) })] : []),
    ...(actionsLost.length > 0 ? [t('check.access.actionsLost', { object, actions: actions(actionsLost) })] : []),
  ]
}
