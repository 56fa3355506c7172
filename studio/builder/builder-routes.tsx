import { lazy, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import { useApp } from '../api/app.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { DraftLine } from './draft-line.js'
import { ConflictNote } from './conflict-note.js'
import { useDefinitions } from './publishing.js'
import { useTexts } from './texts.js'
import { useUndoKeys } from './undo-keys.js'
import { WorkshopProvider } from './workshop.js'
import './builder.css'

const HomePage = lazy(() => import('./home-page.js'))
const ObjectsPage = lazy(() => import('./objects-page.js'))
const ObjectPage = lazy(() => import('./object-page.js'))
const KindPage = lazy(() => import('./kind-page.js'))
const ElementPage = lazy(() => import('./element-page.js'))
const PublishPage = lazy(() => import('./publish-page.js'))
const VersionsPage = lazy(() => import('./versions-page.js'))
const RollbackPage = lazy(() => import('./rollback-page.js'))

/** The pages under `/studio`; drawn inside of the shell's frame, with addresses relative to `/studio`. */
export default function BuilderRoutes() {
  const { t } = useTexts()
  const { member, version } = useApp()
  const { data, error } = useDefinitions(version)
  if (!member.admin) return <EmptyState title={t('noAccess')} text={t('noAccessHint')} />
  if (error) return <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />
  if (!data) return <PageSkeleton />
  return (
    <WorkshopProvider version={data.version} live={data.live}>
      <StudioPages />
    </WorkshopProvider>
  )
}

function StudioPages() {
  useUndoKeys()
  return (
    <div className="studio">
      <DraftLine />
      <ConflictNote />
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route index element={<HomePage />} />
          <Route path="objects" element={<ObjectsPage />} />
          <Route path="objects/:object" element={<ObjectPage />} />
          <Route path="objects/:object/fields/:field" element={<ObjectPage />} />
          <Route path="definitions/:kind" element={<KindPage />} />
          <Route path="definitions/:kind/:name" element={<ElementPage />} />
          <Route path="publish" element={<PublishPage />} />
          <Route path="versions" element={<VersionsPage />} />
          <Route path="versions/:number" element={<RollbackPage />} />
          <Route path="*" element={<NoPage />} />
        </Routes>
      </Suspense>
    </div>
  )
}

function NoPage() {
  const { t } = useTexts()
  return <EmptyState title={t('error.noPage')} text={t('error.noPageHint')} />
}

const PageSkeleton = () => (
  <div className="studio-skeleton" aria-hidden>
    <Skeleton width={180} height={18} />
    {[70, 55, 62, 48, 66].map(width => (
      <Skeleton key={width} width={`${width}%`} height={14} />
    ))}
  </div>
)
