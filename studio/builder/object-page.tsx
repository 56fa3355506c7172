import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { Box } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { iconOf } from '../ui/icons.js'
import { worded } from '../ui/language.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { TabSet } from '../ui/tab-set.js'
import { BackLink } from './back-link.js'
import { DeskOnly } from './desk-only.js'
import { FieldsRead } from './fields-read.js'
import { FieldsTable } from './fields-table.js'
import { useFocusPlace } from './focus-place.js'
import { ObjectUses, usesOf } from './object-uses.js'
import { objectsPath, studioObjectPath } from './places.js'
import { Problems } from './problems.js'
import { useRightsTexts } from './rights-texts.js'
import { SaveAsTemplate } from './template-button.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const AccessPanel = lazy(() => import('./access-panel.js').then(module => ({ default: module.AccessPanel })))
const FieldPanel = lazy(() => import('./field-panel.js').then(module => ({ default: module.FieldPanel })))
const FormRows = lazy(worded(() => import('./form-rows.js').then(module => ({ default: module.FormRows }))))
const JsonEditor = lazy(() => import('./json-editor.js').then(module => ({ default: module.JsonEditor })))
const ObjectRules = lazy(() => import('./object-rules.js').then(module => ({ default: module.ObjectRules })))
const ObjectSettings = lazy(() => import('./object-settings.js').then(module => ({ default: module.ObjectSettings })))

/** Designs one object: its fields with their properties, its settings, what uses it, its JSON. */
export default function ObjectPage() {
  const { t } = useTexts()
  const { elements } = useWorkshop()
  const { object = '' } = useParams()
  if (!objectDefinition(elements, object)) return <EmptyState isPage title={t('error.noObject')} text={t('object.gone')} />
  return <Designer key={object} name={object} />
}

function Designer({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { member } = useApp()
  const navigate = useNavigate()
  const { elements } = useWorkshop()
  const { field } = useParams()
  const [params] = useSearchParams()
  const definition = objectDefinition(elements, name)
  const tab = field !== undefined ? 'fields' : (params.get('tab') ?? 'fields')
  const title = label(definition?.label) || name
  useTitle(title, t('studio'), member.workspace.name)
  useFocusPlace()
  const tabs = [
    { key: 'fields', label: t('tab.fields'), count: Object.keys(definition?.fields ?? {}).length },
    { key: 'rules', label: t('tab.rules'), count: definition?.rules?.length ?? 0 },
    { key: 'forms', label: t('kind.form') },
    { key: 'access', label: t('access.title') },
    { key: 'settings', label: t('tab.settings') },
    { key: 'uses', label: t('tab.uses'), count: usesOf(elements, name).length },
    { key: 'json', label: 'JSON' },
  ]
  return (
    <>
      <PageHead title={title} icon={iconOf(definition?.icon, Box)} before={<BackLink to={objectsPath} label={t('kind.object')} />}>
        <code className="quiet">{name}</code>
        <SaveAsTemplate object={name} />
      </PageHead>
      <DeskOnly
        read={
          <>
            <ObjectProblems name={name} />
            <FieldsRead object={name} />
          </>
        }
      >
        <div className="studio-tabs">
          <TabSet
            tabs={tabs}
            active={tab}
            label={t('object.parts')}
            panelId="object-part"
            onChange={key => void navigate(studioObjectPath(name, key === 'fields' ? undefined : key))}
          />
        </div>
        <div className="designer" id="object-part" role="tabpanel" aria-label={tabs.find(each => each.key === tab)?.label}>
          <div className="designer-main">
            <ObjectProblems name={name} />
            {tab === 'fields' && <FieldsTable object={name} chosen={field} />}
            {tab === 'uses' && <ObjectUses name={name} />}
            <Suspense fallback={<Skeleton />}>
              {tab === 'rules' && <ObjectRules name={name} />}
              {tab === 'forms' && <FormRows object={name} />}
              {tab === 'access' && <AccessPanel name={name} />}
              {tab === 'settings' && <ObjectSettings name={name} />}
              {tab === 'json' && <JsonEditor path={`objects/${name}`} />}
            </Suspense>
          </div>
          <Suspense fallback={null}>{field !== undefined && <FieldPanel key={field} object={name} name={field} />}</Suspense>
        </div>
      </DeskOnly>
    </>
  )
}

/** What is wrong with this object, above its parts. */
function ObjectProblems({ name }: { name: string }) {
  const { issues } = useWorkshop()
  const own = issues.filter(({ path }) => path === `objects/${name}` || path.startsWith(`objects/${name}/`))
  return own.length === 0 ? null : (
    <div className="designer-problems">
      <Problems problems={own} />
    </div>
  )
}
