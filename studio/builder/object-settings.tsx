import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { Label } from '@tessera/platform/label.js'
import { Button, Input, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useLabel } from '../api/app.js'
import { changeObject } from './edit-object.js'
import { IconChoice } from './icon-choice.js'
import { LabelInputs } from './label-inputs.js'
import { ObjectIndexes } from './object-indexes.js'
import { objectsPath } from './places.js'
import { Property } from './property.js'
import { useRemoving } from './removing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What an object is called, and which of its fields name a record. */
export function ObjectSettings({ name }: { name: string }) {
  const { elements } = useWorkshop()
  const definition = objectDefinition(elements, name)
  if (!definition) return null
  return (
    <div className="scroll-page">
      <div className="object-settings">
        <Names name={name} definition={definition} />
        <Titles name={name} definition={definition} />
        <ObjectIndexes name={name} />
        <RemoveObject name={name} />
      </div>
    </div>
  )
}

interface PartProps {
  name: string
  definition: ObjectDefinition
}

function useChange(name: string): (change: Readonly<Record<string, unknown>>) => void {
  const { edit } = useWorkshop()
  return change =>
    edit(`objects/${name} ${Object.keys(change).join()}`, `objects/${name}`, elements => changeObject(elements, name, change))
}

function Names({ name, definition }: PartProps) {
  const { t } = useTexts()
  const { liveModel } = useWorkshop()
  const change = useChange(name)
  const isLive = Object.hasOwn(liveModel.objects, name)
  return (
    <>
      <LabelInputs
        id="object-label"
        title={t('property.label')}
        value={definition.label}
        onChange={(label: Label | undefined) => change({ label: label ?? name })}
        help={isLive ? t('name.stays', { name }) : undefined}
      />
      <LabelInputs
        id="object-plural-label"
        title={t('object.pluralLabel')}
        value={definition.pluralLabel}
        onChange={pluralLabel => change({ pluralLabel })}
      />
      <LabelInputs
        id="object-description"
        title={t('property.description')}
        long
        value={definition.description}
        onChange={description => change({ description })}
      />
      <Property id="object-plural" label={t('apiPlural')} help={isLive ? t('object.pluralHelp') : undefined}>
        <Input
          id="object-plural"
          className="code-input"
          spellCheck={false}
          value={definition.plural}
          onChange={event => change({ plural: event.target.value })}
        />
      </Property>
      <Property id="object-icon" label={t('icon')}>
        <IconChoice id="object-icon" value={definition.icon} onChange={icon => change({ icon })} />
      </Property>
    </>
  )
}

function Titles({ name, definition }: PartProps) {
  const { t } = useTexts()
  const label = useLabel()
  const change = useChange(name)
  const fields = Object.entries(definition.fields).filter(([, field]) => ['text', 'autonumber', 'email', 'phone'].includes(field.type))
  return (
    <>
      <Property id="object-title" label={t('object.title')} help={t('object.titleHelp')}>
        <Select
          id="object-title"
          value={definition.title}
          onChange={title => change({ title })}
          style={{ width: '100%' }}
          options={fields.map(([value, field]) => ({ value, label: label(field.label) || value }))}
        />
      </Property>
      <Property id="object-owner" label={t('object.owner')}>
        <Select
          id="object-owner"
          allowClear
          placeholder={t('property.usual')}
          value={definition.owner ?? null}
          onChange={owner => change({ owner: owner ?? undefined })}
          style={{ width: '100%' }}
          options={(['user', 'none'] as const).map(value => ({ value, label: t(`object.owner.${value}`) }))}
        />
      </Property>
    </>
  )
}

function RemoveObject({ name }: { name: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const remove = useRemoving()
  return (
    <div className="property">
      <Button danger icon={<Trash2 size={15} aria-hidden />} onClick={() => void remove(`objects/${name}`, () => navigate(objectsPath))}>
        {t('object.remove')}
      </Button>
      <p className="field-help">{t('object.removeHelp')}</p>
    </div>
  )
}
