import { lookup } from '@tessera/platform/registry.js'
import { Checkbox, Collapse } from 'antd'
import { Clock, Database, ListChecks, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { Problems } from './problems.js'
import type { Check, Readings, Step } from './publishing.js'
import { Steps } from './steps.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** The label of an object in the draft, else as it is live. */
export function useObjectLabel(): (name: string) => string {
  const label = useLabel()
  const { model, liveModel } = useWorkshop()
  return name => label((lookup(model.objects, name) ?? lookup(liveModel.objects, name))?.label) || name
}

/** The steps that lose something, each to be confirmed. */
export const lossesOf = (steps: readonly Step[]): Step[] => steps.filter(step => step.confirm !== null)

interface CheckPartsProps {
  check: Check
  confirmed: readonly string[]
  onConfirm: (confirmed: readonly string[]) => void
}

/** What must be solved, what will happen, what is lost, and the statements behind it. */
export function CheckParts({ check, confirmed, onConfirm }: CheckPartsProps) {
  const { t } = useTexts()
  const objectLabel = useObjectLabel()
  return (
    <>
      {check.issues.length > 0 && (
        <section aria-labelledby="solve">
          <h2 id="solve">
            {t('publish.solve')} <span className="num quiet">{check.issues.length}</span>
          </h2>
          <Problems problems={check.issues} />
        </section>
      )}
      <section aria-labelledby="happens">
        <h2 id="happens">
          {t('publish.happens')} <span className="num quiet">{check.plan.length}</span>
        </h2>
        <Steps steps={check.plan} objectLabel={objectLabel} />
      </section>
      <Losses losses={lossesOf(check.plan)} confirmed={confirmed} onConfirm={onConfirm} />
      {check.sql.trim() !== '' && (
        <Collapse
          ghost
          size="small"
          className="check-sql"
          items={[{ key: 'sql', label: t('publish.sql'), children: <pre>{check.sql}</pre> }]}
        />
      )}
    </>
  )
}

const keyOf = (step: Step): string => step.confirm ?? ''

function Losses({ losses, confirmed, onConfirm }: Omit<CheckPartsProps, 'check'> & { losses: readonly Step[] }) {
  const { t } = useTexts()
  const label = useLabel()
  if (losses.length === 0) return null
  return (
    <section aria-labelledby="lost">
      <h2 id="lost">{t('publish.lost')}</h2>
      <ul className="losses">
        {losses.map(step => (
          <li key={step.confirm}>
            <TriangleAlert size={16} aria-hidden />
            <Checkbox
              checked={confirmed.includes(keyOf(step))}
              onChange={event =>
                onConfirm(event.target.checked ? [...confirmed, keyOf(step)] : confirmed.filter(key => key !== keyOf(step)))
              }
            >
              {t(`publish.know.${step.do === 'remove' ? 'remove' : 'convert'}`, { name: label(step.title), what: label(step.loses ?? '') })}
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whom and what a publish touches. */
export function Impact({ check }: { check: Check }) {
  const { t } = useTexts()
  const label = useLabel()
  const rows = check.plan.reduce((sum, step) => sum + (step.count ?? 0), 0)
  return (
    <aside className="impact" aria-labelledby="impact">
      <h2 id="impact">{t('publish.impact')}</h2>
      <ul>
        {check.impact.map(touched => {
          const Icon = kindIcon(touched.kind)
          return (
            <li key={`${touched.kind} ${touched.name}`}>
              <Icon size={15} aria-hidden />
              <span>
                {t(`kind.one.${touched.kind}`)} <Link to={elementPlace(touched)}>{label(touched.label) || touched.name}</Link>{' '}
                <span className="quiet num">{t('publish.places', { count: touched.at.length })}</span>
              </span>
            </li>
          )
        })}
        {check.impact.length === 0 && (
          <li>
            <Database size={15} aria-hidden /> {t('publish.noImpact')}
          </li>
        )}
        {rows > 0 && (
          <li>
            <Database size={15} aria-hidden /> {t('publish.rows', { count: rows })}
          </li>
        )}
        {check.readings && check.readings.examples > 0 && <ExampleReadings readings={check.readings} />}
        <li>
          <Clock size={15} aria-hidden /> {t('publish.meanwhile')}
        </li>
      </ul>
    </aside>
  )
}

/** How many examples were run, by whom, and why some were not asked of the database. */
function ExampleReadings({ readings: { examples, postgres, reference, uncovered } }: { readings: Readings }) {
  const { t } = useTexts()
  const reasons = [...new Set(uncovered.map(({ why }) => why))]
  return (
    <li>
      <ListChecks size={15} aria-hidden />
      <span>
        {t('publish.examples', { count: examples, postgres, reference })}
        {reasons.map(why => {
          const of = uncovered.filter(each => each.why === why)
          return (
            <span key={why} className="quiet block" title={of.map(({ path }) => path).join('\n')}>
              {t(`publish.uncovered.${why}`, { count: of.length })}
            </span>
          )
        })}
      </span>
    </li>
  )
}
