import type { OptionSetDefinition } from '@tessera/platform/definitions/option-set.js'
import { lookup } from '@tessera/platform/registry.js'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { Skeleton } from '../ui/small.js'
import { DesignerParts } from './designer-parts.js'
import { changeOptionSet } from './edit-option-set.js'
import { LabelInputs } from './label-inputs.js'
import { fieldPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const OptionRows = lazy(() => import('./option-rows.js').then(module => ({ default: module.OptionRows })))

/** Designs one option set: its options, where they are offered, its JSON. */
export default function OptionSetParts({ name }: { name: string }) {
  const { t } = useTexts()
  return (
    <DesignerParts path={`optionSets/${name}`} label={t('optionSet.parts')}>
      <Design name={name} />
    </DesignerParts>
  )
}

function Design({ name }: { name: string }) {
  const { t } = useTexts()
  const { elements, liveModel, issues, edit } = useWorkshop()
  const path = `optionSets/${name}`
  const set = lookup(elements, path)?.definition as unknown as OptionSetDefinition | undefined
  if (!set) return null
  const change = (patch: Partial<OptionSetDefinition>) =>
    edit(`${path} ${Object.keys(patch).join()}`, path, now => changeOptionSet(now, name, patch))
  const errorAt = (property: string) => issues.find(issue => issue.path === `${path}/options/${property}`)?.message
  return (
    <div className="scroll-page">
      <div className="object-settings">
        <LabelInputs id="set-label" title={t('property.label')} value={set.label} onChange={label => change({ label: label ?? name })} />
        <Suspense fallback={<Skeleton width="100%" height={160} />}>
          <OptionRows
            options={set.options}
            live={(lookup(liveModel.optionSets, name)?.options ?? []).map(({ value }) => value)}
            isState={false}
            object={null}
            error={issues.find(issue => issue.path === `${path}/options`)?.message}
            errorAt={errorAt}
            put={options => change({ options: [...options] })}
          />
        </Suspense>
        <Uses name={name} />
      </div>
    </div>
  )
}

/** The fields that offer the options of a set. */
function Uses({ name }: { name: string }) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const fields = Object.values(model.objects).flatMap(object =>
    Object.values(object.fields)
      .filter(({ definition }) => definition.optionSet === name)
      .map(field => ({ object, field })),
  )
  return (
    <section aria-labelledby="set-uses">
      <h2 id="set-uses">{t('optionSet.uses')}</h2>
      {fields.length === 0 && <p className="quiet">{t('optionSet.unused')}</p>}
      <ul className="rows">
        {fields.map(({ object, field }) => (
          <li key={`${object.name}.${field.name}`}>
            <Link to={fieldPath(object.name, field.name)}>
              <span className="cut">{label(field.label)}</span>
              <span className="grow cut quiet">{label(object.label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
