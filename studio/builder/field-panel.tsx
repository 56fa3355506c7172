import { objectDefinition, removeField, renameField } from '@tessera/platform/editing/fields.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import type { Label } from '@tessera/platform/label.js'
import { formerOf } from '@tessera/platform/model/changes.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { Trash2, X } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { changeField, retypeField } from './edit-field.js'
import { LabelInputs } from './label-inputs.js'
import { NameInput } from './name-input.js'
import type { PanelField } from './panel-field.js'
import { fieldPath, studioObjectPath } from './places.js'
import { Property } from './property.js'
import { PropertyInput, propertiesOf } from './property-input.js'
import { useTexts } from './texts.js'
import { TypeChoice } from './type-choice.js'
import { useWorkshop } from './workshop.js'

function usePanelField(object: string, name: string): PanelField | null {
  const { elements, model, liveModel, issues, edit } = useWorkshop()
  const definition = lookup(objectDefinition(elements, object)?.fields ?? {}, name)
  if (!definition) return null
  const [before, after] = [lookup(liveModel.objects, object), lookup(model.objects, object)]
  const field = lookup(after?.fields ?? {}, name)
  const path = `objects/${object}/fields/${name}`
  return {
    object,
    name,
    definition,
    model: field,
    live: before && after && field ? formerOf(field, before.fields, after.fields) : null,
    change: change => edit(`${path} ${Object.keys(change).join()}`, path, now => changeField(now, object, name, change)),
    errorAt: property =>
      issues.find(issue => issue.path === `${path}/${property}` || issue.path.startsWith(`${path}/${property}/`))?.message,
  }
}

/** The properties of one field; every change is kept at once and can be undone. */
export function FieldPanel({ object, name }: { object: string; name: string }) {
  const { t } = useTexts()
  const label = useLabel()
  const navigate = useNavigate()
  const field = usePanelField(object, name)
  const { edit } = useWorkshop()
  if (!field) return null
  const close = () => void navigate(studioObjectPath(object))
  const remove = () => {
    edit(`remove ${name}`, `objects/${object}`, elements => removeField(elements, object, name))
    close()
  }
  const title = label(field.definition.label) || name
  const { own, rules, conditions, shown } = propertiesOf(field)
  return (
    <aside className="designer-panel" aria-label={t('field.panel', { name: title })}>
      <div className="panel-title">
        <h2 className="cut">{title}</h2>
        <span className="grow" />
        <IconButton icon={X} label={t('close')} onClick={close} />
      </div>
      <Basics field={field} />
      {[
        { key: 'own', names: own },
        { key: 'rules', names: rules },
        { key: 'conditions', names: conditions },
        { key: 'shown', names: shown },
      ].map(
        ({ key, names }) =>
          names.length > 0 && (
            <fieldset key={key} className="property-group">
              <legend>{t(`properties.${key}`)}</legend>
              {names.map(property => (
                <PropertyInput key={property} field={field} property={property} />
              ))}
            </fieldset>
          ),
      )}
      <Button danger type="text" icon={<Trash2 size={15} aria-hidden />} onClick={remove}>
        {t('field.remove')}
      </Button>
    </aside>
  )
}

function Basics({ field }: { field: PanelField }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { elements, edit, live } = useWorkshop()
  const { object, name, definition, change } = field
  const path = `objects/${object}/fields/${name}`
  const taken = Object.keys(objectDefinition(elements, object)?.fields ?? {}).filter(other => other !== name)
  const isLive = Object.hasOwn(objectDefinition(live, object)?.fields ?? {}, name)
  const rename = (next: string) => {
    edit(`rename ${name}`, path, now => renameField(now, object, name, next, isLive))
    void navigate(fieldPath(object, next), { replace: true })
  }
  return (
    <fieldset className="property-group">
      <legend className="sr-only">{t('properties.basics')}</legend>
      <LabelInputs
        id="field-label"
        title={t('property.label')}
        value={definition.label}
        onChange={(label: Label | undefined) => change({ label })}
        error={field.errorAt('label')}
        help={field.live ? t('name.stays', { name }) : undefined}
      />
      <NameInput
        key={name}
        id="field-name"
        title={t('apiName')}
        value={name}
        taken={taken}
        onChange={rename}
        help={definition.was?.length ? t('name.was', { names: definition.was.join(', ') }) : isLive ? t('name.renameHelp') : undefined}
      />
      <TypeProperty field={field} />
    </fieldset>
  )
}

function TypeProperty({ field: { object, name, definition, live, errorAt } }: { field: PanelField }) {
  const { t } = useTexts()
  const { edit } = useWorkshop()
  const before = live?.type.name
  const takesOver = (type: string): 'keeps' | 'parses' | undefined =>
    before === undefined ? undefined : (lookup(fieldTypes, type)?.converts[before] as 'keeps' | 'parses' | undefined)
  const fate = (type: string): string | undefined =>
    before === undefined ? undefined : type === before ? t('type.now') : t(`type.${takesOver(type) ?? 'loses'}`)
  const help = before !== undefined && definition.type !== before ? fate(definition.type) : undefined
  return (
    <Property id="field-type" label={t('type')} help={help} error={errorAt('type')}>
      <TypeChoice
        id="field-type"
        value={definition.type}
        note={type => fate(type.name)}
        onChange={type => edit(`retype ${name}`, `objects/${object}/fields/${name}`, now => retypeField(now, object, name, type))}
      />
    </Property>
  )
}
