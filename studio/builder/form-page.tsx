import type { Label } from '@tessera/platform/label.js'
import { FileText } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { TabSet } from '../ui/tab-set.js'
import { BackLink } from './back-link.js'
import { DeskOnly } from './desk-only.js'
import { FormDesignProvider, useFormDesign, useFormDesigning } from './form-design.js'
import { FormDesigner } from './form-designer.js'
import { FormRead } from './form-read.js'
import { useFormTexts } from './form-texts.js'
import { kindPath, studioObjectPath } from './places.js'
import { Problems } from './problems.js'
import { useWorkshop } from './workshop.js'
import './form-designer.css'

const FormQuick = lazy(() => import('./form-quick.js').then(module => ({ default: module.FormQuick })))
const FormSettings = lazy(() => import('./form-settings.js').then(module => ({ default: module.FormSettings })))
const JsonEditor = lazy(() => import('./json-editor.js').then(module => ({ default: module.JsonEditor })))

/** Designs one form: its arrangement, quick create, what it is used for, its JSON. */
export default function FormPage() {
  const { name = '' } = useParams()
  const [params] = useSearchParams()
  const at = params.get('at') ?? ''
  return <Designing key={`${name} ${at}`} name={name} at={at} />
}

function Designing({ name, at }: { name: string; at: string }) {
  const { t } = useFormTexts()
  const design = useFormDesigning(name, at)
  if (!design) return <EmptyState isPage title={t('element.gone')} text={t('element.goneHint')} />
  return (
    <FormDesignProvider value={design}>
      <FormParts />
    </FormDesignProvider>
  )
}

function FormParts() {
  const { form, object, t } = useFormDesign()
  const label = useLabel()
  const { member } = useApp()
  const [params, setParams] = useSearchParams()
  const tab = params.get('tab') ?? 'design'
  const title = label(form.label as Label) || form.form
  useTitle(title, t('kind.form'), member.workspace.name)
  const tabs = [
    { key: 'design', label: t('formDesigner.design') },
    { key: 'quick', label: t('formDesigner.quick'), count: form.quick?.length },
    { key: 'settings', label: t('tab.settings') },
    { key: 'json', label: 'JSON' },
  ]
  return (
    <>
      <PageHead title={title} icon={FileText} before={<BackLink to={kindPath('form')} label={t('kind.form')} />}>
        <code className="quiet">{form.form}</code>
        {object && (
          <Link className="studio-way" to={studioObjectPath(object.name, 'forms')}>
            {label(object.label)}
          </Link>
        )}
      </PageHead>
      <DeskOnly read={<FormRead />}>
        <div className="studio-tabs">
          <TabSet
            tabs={tabs}
            active={tab}
            label={t('formDesigner.pageParts')}
            panelId="form-part"
            onChange={key => setParams(key === 'design' ? {} : { tab: key })}
          />
        </div>
        <div className="designer-column" id="form-part" role="tabpanel" aria-label={tabs.find(each => each.key === tab)?.label}>
          <FormProblems />
          <Suspense fallback={<Skeleton />}>
            {tab === 'design' && <FormDesigner />}
            {tab === 'quick' && <FormQuick />}
            {tab === 'settings' && <FormSettings />}
            {tab === 'json' && <JsonEditor path={`forms/${form.form}`} />}
          </Suspense>
        </div>
      </DeskOnly>
    </>
  )
}

function FormProblems() {
  const { form } = useFormDesign()
  const { issues } = useWorkshop()
  const path = `forms/${form.form}`
  const own = issues.filter(issue => issue.path === path || issue.path.startsWith(`${path}/`))
  return own.length === 0 ? null : (
    <div className="designer-problems">
      <Problems problems={own} />
    </div>
  )
}
