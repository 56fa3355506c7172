import { elementPath } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { Trash2 } from 'lucide-react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { BackLink } from './back-link.js'
import { Designer } from './designers.js'
import { DeskOnly } from './desk-only.js'
import { JsonEditor } from './json-editor.js'
import { kindIcon } from './kind-faces.js'
import { formPath, kindPath } from './places.js'
import { Problems } from './problems.js'
import { useRemoving } from './removing.js'
import { RoleParts, RoleRead } from './role-page.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** One definition of any kind as its JSON, with what is wrong with it. */
export default function ElementPage() {
  const { t } = useTexts()
  const label = useLabel()
  const navigate = useNavigate()
  const { member } = useApp()
  const isPhone = usePhone()
  const { elements, issues } = useWorkshop()
  const remove = useRemoving()
  const { kind = '', name = '' } = useParams()
  const path = kind === 'app' ? 'app' : elementPath({ kind, name })
  const element = lookup(elements, path)
  const title = element ? label(element.definition.label as Label) || element.name : name
  useTitle(title, t('studio'), member.workspace.name)
  if (element && kind === 'form') return <Navigate to={formPath(name)} replace />
  if (!element) return <EmptyState isPage title={t('element.gone')} text={t('element.goneHint')} />
  const own = issues.filter(issue => issue.path === path || issue.path.startsWith(`${path}/`))
  const problems = own.length > 0 && (
    <div className="designer-problems">
      <Problems problems={own} />
    </div>
  )
  return (
    <>
      <PageHead title={title} icon={kindIcon(kind)} before={<BackLink to={kindPath(kind)} label={t(`kind.${kind}`)} />}>
        <code className="quiet">{element.name}</code>
        {kind !== 'app' && !isPhone && (
          <Button
            type="text"
            danger
            icon={<Trash2 size={15} aria-hidden />}
            onClick={() => void remove(path, () => navigate(kindPath(kind)))}
          >
            {t('element.remove')}
          </Button>
        )}
      </PageHead>
      <DeskOnly
        read={
          <>
            {problems}
            {kind === 'role' ? <RoleRead name={name} /> : <pre className="element-read">{JSON.stringify(element.definition, null, 1)}</pre>}
          </>
        }
      >
        {problems}
        {kind === 'role' ? (
          <RoleParts key={path} name={name} />
        ) : (
          <Designer key={path} kind={kind} name={name} otherwise={<JsonEditor path={path} />} />
        )}
      </DeskOnly>
    </>
  )
}
