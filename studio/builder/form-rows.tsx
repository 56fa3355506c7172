import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import { formsOf } from '@tessera/platform/forms/form-schema.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChevronRight, FileText } from 'lucide-react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { EmptyState } from '../ui/small.js'
import { ChangeMark } from './change-mark.js'
import { AddFormButton } from './form-add.js'
import { placedNames } from './form-edits.js'
import { useFormTexts } from './form-texts.js'
import { formPath } from './places.js'
import { useWorkshop } from './workshop.js'

/** The forms of an object in the order in which they are tried, and the place to add one. */
export function FormRows({ object: name }: { object: string }) {
  const { t } = useFormTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const object = lookup(model.objects, name)
  const forms = object ? formsOf(model, object) : []
  const use = ({ when, roles, device }: FormDefinition) =>
    [
      ...(when === undefined ? [] : [t('formDesigner.someRecords')]),
      ...(roles ?? []).map(role => label(lookup(model.roles, role)?.definition.label) || role),
      ...(device === undefined ? [] : [t(`formDesigner.${device}`)]),
    ].join(' · ')
  if (forms.length === 0)
    return (
      <EmptyState title={t('formDesigner.none')} text={t('formDesigner.noneHint')}>
        <AddFormButton object={name} isFirst />
      </EmptyState>
    )
  return (
    <div className="scroll-page">
      <ul className="rows studio-rows">
        {forms.map(form => (
          <li key={form.form}>
            <Link to={formPath(form.form)}>
              <FileText size={16} aria-hidden /> <span className="cut">{label(form.label as Label) || form.form}</span>
              <code className="cut quiet">{form.form}</code>
              <span className="grow cut quiet">{use(form)}</span>
              <span className="quiet num">{t('formDesigner.fieldCount', { count: placedNames(form).length })}</span>
              <ChangeMark path={`forms/${form.form}`} />
              <ChevronRight size={16} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <p className="studio-rows">
        <AddFormButton object={name} isFirst={false} />
      </p>
    </div>
  )
}
