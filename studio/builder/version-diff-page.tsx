import type { Elements } from '@tessera/platform/editing/elements.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { type DifferingElement, semanticDiff } from '@tessera/platform/records/semantic-diff.js'
import { GitCompareArrows } from 'lucide-react'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { momentOf } from '../api/moment.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { kindIcon } from './kind-faces.js'
import { versionsPath } from './places.js'
import { useDefinitionsOf } from './publishing.js'
import { ChangeIcon } from './steps.js'
import { useTexts } from './texts.js'
import { VersionChoice } from './version-choice.js'

/** What differs between two versions, in words: by element and property, with the old and the new value. */
export default function VersionDiffPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const params = useParams()
  const [from, to] = [Number(params.number), Number(params.other)]
  const isSound = [from, to].every(number => Number.isInteger(number) && number >= 0)
  useTitle(t('versions.compared', { from, to }), t('studio'), member.workspace.name)
  if (!isSound) return <EmptyState isPage title={t('error.noPage')} text={t('error.noPageHint')} />
  return (
    <>
      <PageHead title={t('versions.compared', { from, to })} icon={GitCompareArrows}>
        <Link className="studio-way" to={versionsPath}>
          {t('versions')}
        </Link>
      </PageHead>
      <div className="scroll-page">
        <div className="studio-home">
          <VersionChoice from={from} to={to} />
          <Comparison key={`${from} ${to}`} from={from} to={to} />
        </div>
      </div>
    </>
  )
}

function Comparison({ from, to }: { from: number; to: number }) {
  const { t } = useTexts()
  const before = useDefinitionsOf(from)
  const after = useDefinitionsOf(to)
  const error = before.error ?? after.error
  if (error) return <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />
  if (!before.data || !after.data) return <Skeleton width="100%" height={160} />
  return <Differences before={before.data} after={after.data} />
}

function Differences({ before, after }: { before: Elements; after: Elements }) {
  const { t } = useTexts()
  const app = useApp()
  const found = useMemo(() => {
    const [had, has] = [before, after].map(elements => compileModel(Object.values(elements)).model)
    return had && has ? semanticDiff(had, has, { locale: app.locale, currency: app.currency, moment: momentOf(app) }) : []
  }, [before, after, app])
  if (found.length === 0) return <EmptyState title={t('versions.same')} text={t('versions.sameHint')} />
  return (
    <>
      {found.map(element => (
        <ElementDifferences key={`${element.kind} ${element.name}`} element={element} />
      ))}
    </>
  )
}

function ElementDifferences({ element: { kind, name, title, differences } }: { element: DifferingElement }) {
  const { t } = useTexts()
  const label = useLabel()
  const Icon = kindIcon(kind)
  const id = `diff-${kind}-${name}`
  return (
    <section className="version-diff" aria-labelledby={id}>
      <h2 id={id}>
        <Icon size={16} aria-hidden /> {t(`kind.one.${kind}`)} {label(title) || name}{' '}
        <span className="sr-only">{t('versions.differences', { count: differences.length })}</span>
      </h2>
      <ul className="steps">
        {differences.map(one => (
          <li key={`${one.do} ${one.path}`}>
            <ChangeIcon deed={one.do} />
            <div className="grow">
              {one.kind !== kind && (
                <div className="step-title">
                  {t(`kind.one.${one.kind}`)} {label(one.title)}
                </div>
              )}
              {one.said.map(said => (
                <div key={said} className="step-detail">
                  {said}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
