import { formsOf } from '@tessera/platform/forms/form-schema.js'
import type { Label } from '@tessera/platform/label.js'
import { Button, InputNumber, Segmented, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { Link, useNavigate } from 'react-router'
import { useLabel } from '../api/app.js'
import { ConditionInput } from './condition-input.js'
import { useFormDesign } from './form-design.js'
import { changeForm } from './form-edits.js'
import { LabelInputs } from './label-inputs.js'
import { formPath, kindPath } from './places.js'
import { Property } from './property.js'
import { useRemoving } from './removing.js'
import { useWorkshop } from './workshop.js'

/** What a form is called, for whom and what it is used, and removing it. */
export function FormSettings() {
  const { form, edit, t } = useFormDesign()
  const change = (patch: Readonly<Record<string, unknown>>) => edit(`settings ${Object.keys(patch).join()}`, now => changeForm(now, patch))
  return (
    <div className="scroll-page">
      <div className="object-settings">
        <LabelInputs
          id="form-label"
          title={t('property.label')}
          value={form.label as Label}
          onChange={label => change({ label: label ?? form.form })}
        />
        <FormUse onChange={change} />
        <FormOrder />
        <RemoveForm />
      </div>
    </div>
  )
}

function FormUse({ onChange }: { onChange: (patch: Readonly<Record<string, unknown>>) => void }) {
  const { form, t, problemAt } = useFormDesign()
  const label = useLabel()
  const { model } = useWorkshop()
  return (
    <fieldset className="property-group">
      <legend>{t('formDesigner.use')}</legend>
      <ConditionInput
        id="form-when"
        title={t('formDesigner.when')}
        object={form.object}
        value={form.when}
        onChange={when => onChange({ when })}
        help={t('formDesigner.whenHelp')}
        error={problemAt('when')}
      />
      <Property id="form-roles" label={t('formDesigner.roles')} error={problemAt('roles')}>
        <Select
          id="form-roles"
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          placeholder={t('formDesigner.everybody')}
          value={form.roles ?? []}
          onChange={(roles: string[]) => onChange({ roles: roles.length > 0 ? roles : undefined })}
          style={{ width: '100%' }}
          options={Object.values(model.roles).map(({ name, definition }) => ({ value: name, label: label(definition.label) || name }))}
        />
      </Property>
      <Property id="form-device" label={t('formDesigner.device')}>
        <Segmented
          id="form-device"
          aria-label={t('formDesigner.device')}
          value={form.device ?? ''}
          onChange={device => onChange({ device: device === '' ? undefined : device })}
          options={[
            { value: '', label: t('formDesigner.anyDevice') },
            { value: 'desk', label: t('formDesigner.desk') },
            { value: 'phone', label: t('formDesigner.phone') },
          ]}
        />
      </Property>
      <Property id="form-order" label={t('formDesigner.order')} help={t('formDesigner.orderHelp')}>
        <InputNumber
          id="form-order"
          min={0}
          max={1000}
          precision={0}
          value={form.order ?? null}
          onChange={order => onChange({ order: order ?? undefined })}
        />
      </Property>
    </fieldset>
  )
}

/** The forms of the object in the order in which they are tried. */
function FormOrder() {
  const { form, object, t } = useFormDesign()
  const label = useLabel()
  const { model } = useWorkshop()
  const forms = object ? formsOf(model, object) : []
  if (forms.length < 2) return null
  return (
    <section className="property" aria-label={t('formDesigner.tried')}>
      <span className="property-label">{t('formDesigner.tried')}</span>
      <ol className="form-order">
        {forms.map(other => (
          <li key={other.form}>
            {other.form === form.form ? (
              <strong>{label(other.label as Label)}</strong>
            ) : (
              <Link className="studio-way" to={formPath(other.form)}>
                {label(other.label as Label) || other.form}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function RemoveForm() {
  const { form, t } = useFormDesign()
  const navigate = useNavigate()
  const remove = useRemoving()
  return (
    <div className="property">
      <Button
        danger
        icon={<Trash2 size={15} aria-hidden />}
        onClick={() => void remove(`forms/${form.form}`, () => navigate(kindPath('form')))}
      >
        {t('formDesigner.removeForm')}
      </Button>
      <p className="field-help">{t('formDesigner.removeFormHelp')}</p>
    </div>
  )
}
