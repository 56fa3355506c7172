import { Checkbox, Collapse } from 'antd'
import { ListChecks, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { Costs, NewIndexes } from './check-cost.js'
import { useObjectLabel } from './check-labels.js'
import { Sights } from './check-sight.js'
import { Clients, TouchedThings } from './check-touched.js'
import type { Consequences } from './consequences.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { Problems } from './problems.js'
import type { Check, Readings, Step, Touched } from './publishing.js'
import { Steps } from './steps.js'
import { useTexts } from './texts.js'

/** The steps that lose something, each to be confirmed. */
export const lossesOf = (steps: readonly Step[]): Step[] => steps.filter(step => step.confirm !== null)

interface CheckPartsProps {
  check: Check
  confirmed: readonly string[]
  onConfirm: (confirmed: readonly string[]) => void
  /** What stands between what will happen and what is lost: what it means for records. */
  children?: ReactNode
}

/** What must be solved, what will happen, what it means for records, and what is lost. */
export function CheckParts({ check, confirmed, onConfirm, children }: CheckPartsProps) {
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
      {children}
      <Losses losses={lossesOf(check.plan)} confirmed={confirmed} onConfirm={onConfirm} />
    </>
  )
}

const keyOf = (step: Step): string => step.confirm ?? ''

function Losses({ losses, confirmed, onConfirm }: Omit<CheckPartsProps, 'check' | 'children'> & { losses: readonly Step[] }) {
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

interface ImpactProps {
  check: Check
  /** What it means for people; undefined until it is known, null where nobody asked. */
  consequences?: Consequences | undefined | null
  /** Whether something can still be added to what is published. */
  isDraft?: boolean
}

/** Whom and what a publish touches: definitions and saved views, programs, people, time, and the statements behind it. */
export function Impact({ check, consequences = null, isDraft = false }: ImpactProps) {
  const { t } = useTexts()
  return (
    <aside className="impact" aria-label={t('check.aside')}>
      <section aria-labelledby="impact">
        <h2 id="impact">{t('publish.impact')}</h2>
        {check.touched ? <TouchedThings touched={check.touched} /> : <Elements touched={check.impact} />}
        {check.readings && check.readings.examples > 0 && <ExampleReadings readings={check.readings} />}
      </section>
      {check.touched && (
        <section aria-labelledby="clients">
          <h2 id="clients">{t('check.clients')}</h2>
          <Clients touched={check.touched} />
        </section>
      )}
      {consequences !== null && (
        <section aria-labelledby="sights">
          <h2 id="sights">{t('check.access')}</h2>
          <Sights sights={consequences?.access} />
        </section>
      )}
      {check.cost && (
        <section aria-labelledby="cost">
          <h2 id="cost">
            {t('check.cost')} <span className="quiet">{t('check.cost.estimate')}</span>
          </h2>
          <Costs costs={check.cost} />
          {isDraft && <NewIndexes />}
        </section>
      )}
      <p className="quiet">{t('publish.meanwhile')}</p>
      {check.sql.trim() !== '' && (
        <Collapse
          ghost
          size="small"
          className="check-sql"
          items={[{ key: 'sql', label: t('publish.sql'), children: <Statements sql={check.sql} /> }]}
        />
      )}
    </aside>
  )
}

/** The statements that PostgreSQL runs; they scroll by keyboard too. */
const Statements = ({ sql }: { sql: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached
  <pre tabIndex={0}>{sql}</pre>
)

/** The definitions that name what changes. */
function Elements({ touched }: { touched: readonly Touched[] }) {
  const { t } = useTexts()
  const label = useLabel()
  if (touched.length === 0) return <p className="quiet">{t('publish.noImpact')}</p>
  return (
    <ul>
      {touched.map(one => {
        const Icon = kindIcon(one.kind)
        return (
          <li key={`${one.kind} ${one.name}`}>
            <Icon size={15} aria-hidden />
            <span>
              {t(`kind.one.${one.kind}`)} <Link to={elementPlace(one)}>{label(one.label) || one.name}</Link>{' '}
              <span className="quiet num">{t('publish.places', { count: one.at.length })}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** How many examples were run, by whom, and why some were not asked of the database. */
function ExampleReadings({ readings: { examples, postgres, reference, uncovered } }: { readings: Readings }) {
  const { t } = useTexts()
  const reasons = [...new Set(uncovered.map(({ why }) => why))]
  return (
    <p className="impact-note">
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
    </p>
  )
}
