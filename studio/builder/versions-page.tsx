import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { GitCompareArrows, History } from 'lucide-react'
import { Link } from 'react-router'
import { useApp } from '../api/app.js'
import { useMembers } from '../api/records.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { versionDiffPath, versionPath } from './places.js'
import { useBuilding, useVersions, type Version } from './publishing.js'
import { useTexts } from './texts.js'

/** Every version that was live, newest first, each with the way back to it. */
export default function VersionsPage() {
  const { t } = useTexts()
  const { member, version } = useApp()
  const { data, error } = useVersions()
  const members = useMembers()
  useTitle(t('versions'), t('studio'), member.workspace.name)
  const nameOf = (author: string | null): string =>
    members.data?.find(each => each.id === author)?.name ?? (author === null ? t('versions.program') : '—')
  return (
    <>
      <PageHead title={t('versions')} icon={History} />
      <div className="scroll-page">
        <div className="studio-home">
          <BuildFailures />
          {data && data.length > 1 && (
            <Link className="studio-way version-compare" to={versionDiffPath(data.at(-1)?.number ?? 1, version)}>
              <GitCompareArrows size={15} aria-hidden /> {t('versions.compare')}
            </Link>
          )}
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={160} />}
          {data && (
            <ol className="rows version-rows">
              {data.map(each => (
                <VersionRow key={each.number} version={each} isLive={each.number === version} author={nameOf(each.author)} />
              ))}
            </ol>
          )}
        </div>
      </div>
    </>
  )
}

function VersionRow({ version: { number, publishedAt, message }, isLive, author }: { version: Version; isLive: boolean; author: string }) {
  const { t } = useTexts()
  const { locale, timeZone } = useApp()
  const back = message?.startsWith('↩ ') ? message.slice(2) : null
  return (
    <li>
      <div className="version-row">
        <span className="version-number num">{number}</span>
        <div className="grow">
          <div className="cut">{back === null ? message || t('versions.noMessage') : t('versions.back', { version: back })}</div>
          <div className="quiet version-note">
            {author} · <time dateTime={publishedAt}>{formatDateTime(publishedAt, locale, timeZone)}</time>
            {isLive && <BuildingNote />}
          </div>
        </div>
        {number > 1 && (
          <Link className="studio-way" to={versionDiffPath(number - 1, number)}>
            {t('versions.whatChanged')} <span className="sr-only">{number}</span>
          </Link>
        )}
        {isLive ? (
          <span className="change-mark live">{t('versions.live')}</span>
        ) : (
          <Link className="studio-way" to={versionPath(number)}>
            {t('versions.rollBack')} <span className="sr-only">{number}</span>
          </Link>
        )}
      </div>
    </li>
  )
}

/** What is still being built behind the live version, while people already work with it; in its own line, so that no row moves. */
function BuildingNote() {
  const { t } = useTexts()
  const { data = [] } = useBuilding()
  const running = data.filter(each => each.state !== 'done' && each.error === null)
  return (
    <span role="status">
      {running.length > 0 && (
        <span title={running.map(each => each.name).join(', ')}>
          {' · '}
          {t('building')} <span className="num">{running.length}</span>
        </span>
      )}
    </span>
  )
}

/** What could not be built, and why. */
function BuildFailures() {
  const { t } = useTexts()
  const { data = [] } = useBuilding()
  const failed = data.filter(each => each.state !== 'done' && each.error !== null)
  if (failed.length === 0) return null
  return (
    <section aria-live="polite">
      <h2>{t('building')}</h2>
      <ul className="rows">
        {failed.map(each => (
          <li key={`${each.do} ${each.table} ${each.name}`} className="building-row">
            <code>{each.name}</code> <span className="quiet">{each.error}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
