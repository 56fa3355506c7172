import type { PlacedDefinition, SectionDefinition } from '@tessera/platform/definitions/form.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Checkbox, Segmented, Select } from 'antd'
import { Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { IconButton } from '../ui/small.js'
import { ConditionInput } from './condition-input.js'
import { useFormDesign } from './form-design.js'
import {
  changePlaced,
  changeSection,
  findPlaced,
  type Part,
  relabelTab,
  removeSection,
  removeTab,
  sectionOf,
  tabOf,
  takeOut,
} from './form-edits.js'
import { canBeOfObject, giveToObject, type PlacedRule, placedRules } from './form-elements.js'
import { LabelInputs } from './label-inputs.js'
import { fieldPath } from './places.js'
import { Property } from './property.js'
import { useWorkshop } from './workshop.js'

/** The properties of what is chosen in a form; every change is kept at once and can be undone. */
export function FormPanel({ chosen }: { chosen: Part }) {
  const { form } = useFormDesign()
  const { kind, name } = chosen
  const placed = kind === 'field' ? findPlaced(form, name) : undefined
  const section = kind === 'section' ? form.sections.find(known => known.section === name) : undefined
  const tab = kind === 'tab' ? form.tabs?.find(known => known.tab === name) : undefined
  if (placed) return <FieldProperties key={name} placed={placed} />
  if (section) return <SectionProperties key={name} section={section} />
  return tab ? <TabProperties key={name} name={name} label={tab.label as Label} /> : null
}

function Panel({ part, children }: { part: Part; children: ReactNode }) {
  const { t, titleOf, choose } = useFormDesign()
  const title = titleOf(part)
  return (
    <aside className="designer-panel" aria-label={t('formDesigner.propertiesOf', { name: title })}>
      <div className="panel-title">
        <h2 className="cut">{title}</h2>
        <span className="grow" />
        <IconButton icon={X} label={t('close')} onClick={() => choose(null)} />
      </div>
      {children}
    </aside>
  )
}

function FieldProperties({ placed }: { placed: PlacedDefinition }) {
  const { form, object, edit, choose, t } = useFormDesign()
  const name = placed.field
  const own = lookup(object?.fields ?? {}, name)
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`${name} ${Object.keys(patch).join()}`, now => changePlaced(now, name, patch))
  return (
    <Panel part={{ kind: 'field', name }}>
      <fieldset className="property-group">
        <legend>{t('formDesigner.look')}</legend>
        <Property id="placed-width" label={t('formDesigner.width')}>
          <Segmented
            id="placed-width"
            aria-label={t('formDesigner.width')}
            value={placed.width ?? ''}
            onChange={width => change({ width: width === '' ? undefined : width })}
            options={[
              { value: '', label: t('formDesigner.widthUsual') },
              { value: 'half', label: t('formDesigner.widthHalf') },
              { value: 'full', label: t('formDesigner.widthFull') },
            ]}
          />
        </Property>
        <LabelInputs
          id="placed-label"
          title={t('formDesigner.ownLabel')}
          value={placed.label as Label | undefined}
          onChange={label => change({ label })}
          help={t('formDesigner.ownLabelHelp')}
        />
        <LabelInputs
          id="placed-help"
          title={t('property.help')}
          long
          value={placed.help as Label | undefined}
          onChange={help => change({ help })}
        />
      </fieldset>
      <fieldset className="property-group">
        <legend>{t('properties.conditions')}</legend>
        <PlacedCondition placed={placed} property="visibleWhen" onChange={change} />
        {(own?.writable === false ? [] : placedRules).map(property => (
          <PlacedCondition key={property} placed={placed} property={property} onChange={change}>
            <OfObject name={name} rule={property} isSet={placed[property] !== undefined} />
          </PlacedCondition>
        ))}
        <p className="field-help">{t('formDesigner.formRules')}</p>
      </fieldset>
      {own && object && (
        <p className="property">
          <Link className="studio-way" to={fieldPath(object.name, name)}>
            {t('formDesigner.toField')}
          </Link>
        </p>
      )}
      <Button
        danger
        type="text"
        icon={<X size={15} aria-hidden />}
        onClick={() => {
          edit(`remove ${name}`, now => takeOut(now, name))
          choose(sectionOf(form, name) ? { kind: 'section', name: sectionOf(form, name)?.section ?? '' } : null)
        }}
      >
        {t('formDesigner.removeField')}
      </Button>
    </Panel>
  )
}

interface PlacedConditionProps {
  placed: PlacedDefinition
  property: PlacedRule | 'visibleWhen'
  onChange: (patch: Readonly<Record<string, unknown>>) => void
  children?: ReactNode
}

function PlacedCondition({ placed, property, onChange, children }: PlacedConditionProps) {
  const { form, t, problemAt } = useFormDesign()
  const section = sectionOf(form, placed.field)
  const place = section?.fields.findIndex(other => (typeof other === 'string' ? other : other.field) === placed.field) ?? 0
  const at = `sections/${section ? form.sections.indexOf(section) : 0}/fields/${place}/${property}`
  return (
    <>
      <ConditionInput
        id={`placed-${property}`}
        title={t(`property.${property}`)}
        object={form.object}
        value={placed[property]}
        onChange={rule => onChange({ [property]: rule })}
        error={problemAt(at)}
      />
      {children}
    </>
  )
}

/** Offers to make a rule of the form one of the object, so that it holds on every way in. */
function OfObject({ name, rule, isSet }: { name: string; rule: PlacedRule; isSet: boolean }) {
  const { form, t } = useFormDesign()
  const { elements, edit } = useWorkshop()
  if (!isSet || !canBeOfObject(elements, form, name, rule)) return null
  return (
    <p className="form-of-object">
      <Button
        size="small"
        onClick={() => edit(`give ${name} ${rule}`, `objects/${form.object}`, now => giveToObject(now, form.form, name, rule))}
      >
        {t('formDesigner.giveToObject')}
      </Button>
    </p>
  )
}

function SectionProperties({ section }: { section: SectionDefinition }) {
  const { form, edit, choose, openTab, t, problemAt, titleOf } = useFormDesign()
  const name = section.section
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`section ${name} ${Object.keys(patch).join()}`, now => changeSection(now, name, patch))
  const above = ''
  return (
    <Panel part={{ kind: 'section', name }}>
      <LabelInputs
        id="section-label"
        title={t('property.label')}
        value={section.label as Label | undefined}
        onChange={label => change({ label })}
      />
      <LabelInputs
        id="section-help"
        title={t('formDesigner.sectionText')}
        long
        value={section.help as Label | undefined}
        onChange={help => change({ help })}
      />
      <Property id="section-columns" label={t('formDesigner.columns')}>
        <Segmented
          id="section-columns"
          aria-label={t('formDesigner.columns')}
          value={section.columns ?? 2}
          onChange={columns => change({ columns })}
          options={[
            { value: 1, label: '1' },
            { value: 2, label: '2' },
          ]}
        />
      </Property>
      <div className="property">
        <Checkbox checked={section.collapsed ?? false} onChange={({ target }) => change({ collapsed: target.checked || undefined })}>
          {t('formDesigner.collapsed')}
        </Checkbox>
        <p className="field-help">{t('formDesigner.collapsedHelp')}</p>
      </div>
      {form.tabs && (
        <Property id="section-tab" label={t('formDesigner.tab')}>
          <Select
            id="section-tab"
            value={tabOf(form, section) ?? above}
            onChange={tab => {
              change({ tab: tab === above ? undefined : tab })
              if (tab !== above) openTab(tab)
            }}
            style={{ width: '100%' }}
            options={[
              { value: above, label: t('formDesigner.aboveTabs') },
              ...form.tabs.map(({ tab }) => ({ value: tab, label: titleOf({ kind: 'tab', name: tab }) })),
            ]}
          />
        </Property>
      )}
      <ConditionInput
        id="section-visibleWhen"
        title={t('property.visibleWhen')}
        object={form.object}
        value={section.visibleWhen}
        onChange={rule => change({ visibleWhen: rule })}
        error={problemAt(`sections/${form.sections.indexOf(section)}/visibleWhen`)}
      />
      {form.sections.length > 1 && (
        <Button
          danger
          type="text"
          icon={<Trash2 size={15} aria-hidden />}
          onClick={() => {
            edit(`remove section ${name}`, now => removeSection(now, name))
            choose(null)
          }}
        >
          {t('formDesigner.removeSection')}
        </Button>
      )}
    </Panel>
  )
}

function TabProperties({ name, label }: { name: string; label: Label }) {
  const { edit, choose, t } = useFormDesign()
  return (
    <Panel part={{ kind: 'tab', name }}>
      <LabelInputs
        id="tab-label"
        title={t('property.label')}
        value={label}
        onChange={next => edit(`tab ${name}`, now => relabelTab(now, name, next ?? name))}
      />
      <Button
        danger
        type="text"
        icon={<Trash2 size={15} aria-hidden />}
        onClick={() => {
          edit(`remove tab ${name}`, now => removeTab(now, name))
          choose(null)
        }}
      >
        {t('formDesigner.removeTab')}
      </Button>
    </Panel>
  )
}
