import { Outlet } from 'react-router'
import { useApp } from '../api/app.js'
import { loadJsonSchema } from '../api/later-json-schema.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { ConflictNote } from './conflict-note.js'
import { DraftLine } from './draft-line.js'
import { ProblemsPanel } from './problems-panel.js'
import { useDefinitions } from './publishing.js'
import { useTemplateCheck } from './template-check.js'
import { useTexts } from './texts.js'
import { useUndoKeys } from './undo-keys.js'
import { useWorkshop, WorkshopProvider } from './workshop.js'
import './builder.css'
import './check.css'
import './designer.css'

void loadJsonSchema()

/** What stands around every page under `/studio`: the draft, its line, its keys. */
export default function BuilderRoutes() {
  const { t } = useTexts()
  const { member, version } = useApp()
  const { data, error } = useDefinitions(version)
  const checkMore = useTemplateCheck()
  if (!member.admin) return <EmptyState isPage title={t('noAccess')} text={t('noAccessHint')} />
  if (error) return <EmptyState isPage title={t('error.notLoaded')} text={failureText(error, t)} />
  if (!data) return <PageSkeleton />
  return (
    <WorkshopProvider version={data.version} live={data.live} checkMore={checkMore}>
      <StudioPages />
    </WorkshopProvider>
  )
}

function StudioPages() {
  const { sync } = useWorkshop()
  useUndoKeys()
  if (sync.isOpening) return <PageSkeleton />
  return (
    <div className="studio">
      <DraftLine />
      <ConflictNote />
      <Outlet />
      <ProblemsPanel />
    </div>
  )
}

const PageSkeleton = () => (
  <div className="studio-skeleton" aria-hidden>
    <Skeleton width={180} height={18} />
    {[70, 55, 62, 48, 66].map(width => (
      <Skeleton key={width} width={`${width}%`} height={14} />
    ))}
  </div>
)
