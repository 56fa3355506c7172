import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import { profileOf } from '@tessera/platform/access/profile.js'
import { withLimits } from '@tessera/platform/access/with-limits.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { memo, type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { type App, AppAs, useApp, useLabel } from '../api/app.js'
import type { RecordValues } from '../api/records.js'
import type { FormLayout } from '../forms/form-context.js'
import { RecordForm } from '../forms/record-form.js'
import { useRecordForm } from '../forms/use-record-form.js'
import { besideIn } from '../ui/language.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { useRecordPage } from '../views/record/record-data.js'
import type { FormDesign, FormSight } from './form-design.js'
import type { Workshop } from './workshop.js'

/** What is drawn; it comes as properties, so that the drag library and the workshop are not loaded with the form library. */
interface Previewed {
  readonly design: FormDesign
  readonly workshop: Pick<Workshop, 'elements' | 'model' | 'liveModel'>
  readonly layout?: FormLayout | undefined
  /** The names of what is placed: with others the form begins anew. */
  readonly placed: string
}

/** The app as whoever holds a role will see it once the draft is live, in the language that is looked at. */
function useSeenApp({ role, language }: FormSight, { elements, model }: Previewed['workshop']): App {
  const app = useApp()
  const seen = useMemo(() => (role === null ? model : modelFor(role, model, Object.values(elements))), [role, model, elements])
  return useMemo(() => {
    const member = role === null ? app.member : { ...app.member, roles: [role], admin: false }
    return { ...app, model: seen, locale: language, member }
  }, [app, seen, language, role])
}

/** The model that a role leads to, made the very way in which it reaches a browser. */
function modelFor(role: string, model: Model, elements: Parameters<typeof narrowDefinitions>[0]): Model {
  const profile = profileOf([role], model)
  const narrowed = narrowDefinitions(elements, profile, [role]).flatMap(definition => elementOf(definition) ?? [])
  return withLimits(compileModel(narrowed).model, [role])
}

/** The form that is designed, drawn as people will see it: with the draft, for a role, on a record, in a language. */
export function FormPreview(given: Previewed) {
  const { sight } = given.design
  const app = useSeenApp(sight, given.workshop)
  const { i18n } = useTranslation()
  const [beside, setBeside] = useState<typeof i18n>()
  const isBeside = i18n.language !== sight.language
  useEffect(() => {
    if (isBeside) void besideIn(sight.language).then(setBeside)
  }, [isBeside, sight.language])
  const spoken = isBeside ? beside : i18n
  if (!spoken || spoken.language !== sight.language) return <Waiting />
  return (
    <I18nextProvider i18n={spoken}>
      <AppAs app={app}>
        <div lang={sight.language} className={`form-sheet ${sight.device}`}>
          <OnRecord {...given}>{record => <Drawn {...given} record={record} />}</OnRecord>
        </div>
      </AppAs>
    </I18nextProvider>
  )
}

const Waiting = () => (
  <div className="record-skeleton" aria-busy="true">
    {['a', 'b', 'c', 'd'].map(each => (
      <Skeleton key={each} width="100%" height={32} />
    ))}
  </div>
)

/** The record that is looked at, with everything that a form of its object may read. */
function OnRecord({ design, workshop, children }: Previewed & { children: (record: RecordValues | null) => ReactNode }) {
  const { form, sight } = design
  const live = lookup(workshop.liveModel.objects, form.object)
  if (sight.record === null || !live) return children(null)
  return (
    <ReadRecord key={sight.record} object={live} id={sight.record} model={workshop.liveModel}>
      {children}
    </ReadRecord>
  )
}

interface ReadProps {
  object: ObjectModel
  id: string
  model: Model
  children: (record: RecordValues | null) => ReactNode
}

function ReadRecord({ object, id, model, children }: ReadProps) {
  const { query } = useRecordPage(object, id, model)
  return query.isPending ? <Waiting /> : children(query.data ?? null)
}

function Drawn({ design, workshop, layout, placed, record }: Previewed & { record: RecordValues | null }) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const { form, sight, t: say } = design
  const object = lookup(app.model.objects, form.object)
  const seen = lookup(app.model.forms, form.form)
  if (object && seen) {
    const key = [sight.role, record?.id, sight.isTried, placed].join()
    return <Filled key={key} object={object} record={record} form={seen} layout={layout} t={say} />
  }
  const name = label(lookup(workshop.model.objects, form.object)?.pluralLabel) || form.object
  return <EmptyState title={t('noAccess')} text={say(object ? 'formDesigner.notForRole' : 'formDesigner.roleSeesNone', { name })} />
}

interface FilledProps {
  object: ObjectModel
  record: RecordValues | null
  form: NonNullable<Parameters<typeof useRecordForm>[0]['form']>
  layout: FormLayout | undefined
  t: FormDesign['t']
}

/** What stands for a record that is there already: everything is drawn then, also what a new one does not ask for. */
const anyRecord: RecordValues = { id: '', version: 0 }
const nothing = async () => undefined

/** Choosing a part or dragging it draws frames anew, not the form. */
const Filled = memo(function Filled({ object, record, form: definition, layout, t }: FilledProps) {
  const id = useId()
  const used = useRecordForm({ object, record: layout ? (record ?? anyRecord) : record, form: definition, select: 'id', onSaved: () => {} })
  // nothing is saved from here
  const form = { ...used, save: nothing, ...(layout ? { problems: {} } : {}) }
  if (layout) return <RecordForm id={id} form={form} layout={layout} />
  return (
    <>
      <RecordForm id={id} form={form} />
      <div className="form-try">
        <Button onClick={() => (document.getElementById(id) as HTMLFormElement | null)?.requestSubmit()}>{t('formDesigner.check')}</Button>
        <span className="quiet">{t('formDesigner.checkHelp')}</span>
      </div>
    </>
  )
})
