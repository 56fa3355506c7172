import Form from '@rjsf/core'
import type { RJSFSchema } from '@rjsf/utils'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Lock } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isPointing, type Values } from '../fields/face.js'
import { Problem } from '../ui/small.js'
import { validatorOf } from './check.js'
import type { FormLayout, RecordFormContext } from './form-context.js'
import { ObjectFieldTemplate } from './form-sections.js'
import { LinesField } from './lines-field.js'
import { LinksField } from './links-field.js'
import { RecordField } from './record-field.js'
import { FieldTemplate } from './templates.js'
import type { FormState } from './use-record-form.js'
import './forms.css'

const fields = { recordField: RecordField, lines: LinesField, links: LinksField }
const templates = { FieldTemplate, ObjectFieldTemplate }

interface RecordFormProps {
  form: FormState
  isQuick?: boolean
  id: string
  /** Draws the fields in the place of the form's own sections. */
  layout?: FormLayout
}

/** A record by its form, drawn by react-jsonschema-form with the fields of the product; a button elsewhere submits it by its id. */
export function RecordForm({ form, isQuick = false, id, layout }: RecordFormProps) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const validator = useMemo(() => validatorOf(form.check), [form.check])
  const context: RecordFormContext = {
    object: form.object,
    shape: form.shape,
    rules: form.rules,
    values: form.values,
    problems: form.problems,
    touch: form.touch,
    name: form.name,
    isQuick,
    layout,
  }
  const whole = form.problems[''] ?? []
  const showFirst = () => {
    form.showAll()
    requestAnimationFrame(() => focusProblem(place.current))
  }
  return (
    <div ref={place} className="record-form">
      {form.failure && <Problem title={form.failure} />}
      {whole.map(problem => (
        <Problem key={problem.message} title={problem.message} text={problem.hint} />
      ))}
      {form.rules.lockNote !== '' && (
        <p className="lock-note">
          <Lock size={14} aria-hidden /> <span>{form.rules.lockNote}</span>
        </p>
      )}
      <Form
        id={id}
        idPrefix={id}
        schema={form.shape.schema as RJSFSchema}
        uiSchema={form.shape.uiSchema}
        formData={form.values}
        formContext={context}
        validator={validator}
        fields={fields}
        templates={templates}
        noHtml5Validate
        showErrorList={false}
        onChange={event => form.change(typed(form.object, event.formData as Values))}
        onSubmit={() => void form.save()}
        onError={showFirst}
        aria-label={t('form.label')}
      />
    </div>
  )
}

/** What is typed, without the names of related records: those are told by `name`, and what the form library held of them is older. */
const typed = (object: ObjectModel, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([key]) => {
      const field = Object.hasOwn(object.fields, key) ? object.fields[key] : undefined
      return !field || !isPointing(field)
    }),
  )

/** Takes the focus to the first field with a problem; the tab or folded section that it stands in is opened first. */
export function focusProblem(place: ParentNode | null): void {
  const field = place?.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (!place || !field) return
  for (let hidden = field.closest('[hidden]'); hidden; hidden = hidden.parentElement?.closest('[hidden]') ?? null)
    place.querySelector<HTMLElement>(hidden.getAttribute('data-opener') ?? ':not(*)')?.click()
  requestAnimationFrame(() => field.focus())
}
