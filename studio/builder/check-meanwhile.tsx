import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { CircleHelp, History } from 'lucide-react'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { Looking, useCounted } from './check-data.js'
import { useObjectLabel } from './check-labels.js'
import type { Meanwhile } from './consequences.js'
import { useTexts } from './texts.js'

/** What was written since the version to which one goes back. */
export function WrittenMeanwhile({ written, to }: { written: readonly Meanwhile[] | undefined; to: number }) {
  const { t } = useTexts()
  return (
    <section aria-labelledby="meanwhile" aria-busy={!written}>
      <h2 id="meanwhile">{t('check.meanwhile')}</h2>
      {!written && <Looking />}
      {written?.length === 0 && <p className="quiet check-none">{t('check.meanwhile.none', { version: to })}</p>}
      {written && written.length > 0 && (
        <ul className="steps">
          {written.map(one => (
            <WrittenRow key={`${one.kind} ${one.path}`} written={one} />
          ))}
        </ul>
      )}
    </section>
  )
}

function WrittenRow({ written }: { written: Meanwhile }) {
  const { t } = useTexts()
  const label = useLabel()
  const app = useAppName()
  const { locale, timeZone } = useApp()
  const objectLabel = useObjectLabel()
  const counted = useCounted()
  const { kind, object, title, unchecked, examples } = written
  const said = { name: label(title), object: objectLabel(object), ...counted({ ...written, looked: null }) }
  const Icon = unchecked ? CircleHelp : History
  return (
    <li>
      <span className="step-mark plain" aria-hidden>
        <Icon size={14} />
      </span>
      <div className="grow">
        <div className="step-title">{unchecked ? t('check.data.unchecked', said) : t(`check.meanwhile.${kind}`, said)}</div>
        <div className="step-detail">{unchecked ? t(`check.unchecked.${unchecked}`) : t(`check.meanwhile.${kind}Hint`)}</div>
        {examples.length > 0 && (
          <ul className="check-examples" aria-label={t('check.data.examples')}>
            {examples.map(({ id, title: of, at }) => (
              <li key={id}>
                <Link to={recordPath(app, object, id)}>{of ?? t('check.data.untitled')}</Link>{' '}
                <time className="quiet" dateTime={at}>
                  {formatDateTime(at, locale, timeZone)}
                </time>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}
