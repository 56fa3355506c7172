import { type FieldLevel, fieldLevels, type RoleDefinition } from '@tessera/platform/definitions/role.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { maskedText, maskOf } from '@tessera/platform/fields/masks.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import { changeObject } from './edit-object.js'
import { grantOf, levelField, limitField, restrictionOf } from './edit-role.js'
import { useRightsTexts } from './rights-texts.js'
import { useRoleProblem } from './role-problem.js'
import { useWorkshop } from './workshop.js'

interface PartProps {
  role: RoleDefinition
  object: ObjectModel
}

interface FieldsProps extends PartProps {
  /** Whether it is about what the role opens, or how far at most, whatever other roles open. */
  part: 'grants' | 'restrict'
}

const few = 8

/** How far each field is open to a role, and how the masked ones look. */
export function RoleFields({ role, object, part }: FieldsProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const [typed, setTyped] = useState('')
  const fields = seenFields(object).filter(field => !field.system || field.name === 'owner')
  const shown = fields.filter(field => `${label(field.label)} ${field.name}`.toLowerCase().includes(typed.trim().toLowerCase()))
  return (
    <>
      {fields.length > few && (
        <Input
          className="role-fields-find"
          size="small"
          allowClear
          placeholder={t('field.find')}
          aria-label={t(part === 'grants' ? 'field.find' : 'role.limitFind')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <ul className="role-fields">
        {shown.map(field => (
          <FieldRow key={field.name} role={role} object={object} part={part} field={field} />
        ))}
      </ul>
      {shown.length === 0 && <p className="field-help">{t('field.none')}</p>}
    </>
  )
}

function FieldRow({ role, object, part, field }: FieldsProps & { field: FieldModel }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { edit } = useWorkshop()
  const isLimit = part === 'restrict'
  const problem = useRoleProblem({ role, object })(part, `fields/${field.name}`)
  const limit = restrictionOf(role, object.name)?.fields?.[field.name]
  const level = (isLimit ? limit : grantOf(role, object.name).grant?.fields?.[field.name]) ?? 'edit'
  const canMask = maskOf(field.definition) !== null
  const levels = fieldLevels.filter(one => canMask || one === level || (one !== 'masked' && one !== 'revealable'))
  const at = `roles/${role.role}`
  const title = label(field.label)
  const put = (next: FieldLevel) =>
    edit(`${at} ${object.name} ${part} ${field.name}`, at, now =>
      (isLimit ? limitField : levelField)(now, role.role, object.name, field.name, next),
    )
  return (
    <li>
      <span className="cut">{title}</span>
      <Select<FieldLevel>
        size="small"
        aria-label={t(isLimit ? 'role.limitLevel' : 'role.fieldLevel', { name: title })}
        value={level}
        onChange={put}
        options={[...levels]
          .reverse()
          .map(value => ({ value, label: t(isLimit && value === 'edit' ? 'role.unlimited' : `level.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      {!isLimit && limit !== undefined && <p className="field-help wide">{t('role.fieldTaken', { level: t(`level.${limit}`) })}</p>}
      {problem && (
        <p className="field-error wide" role="alert">
          {problem}
        </p>
      )}
      {canMask && (level === 'masked' || level === 'revealable') && <MaskInput object={object.name} field={field} />}
    </li>
  )
}

const samples: Readonly<Record<string, string>> = { phone: '13812341234', email: 'anna@example.com' }
type Mask = NonNullable<FieldDefinition['mask']>

/** How a masked field looks, for every role that sees it so; it belongs to the field. */
function MaskInput({ object, field }: { object: string; field: FieldModel }) {
  const { t } = useRightsTexts()
  const { elements, edit } = useWorkshop()
  const definition = objectDefinition(elements, object)?.fields[field.name]
  const mask = maskOf(definition ?? field.definition)
  if (!mask || !definition) return null
  const put = (next: Mask) =>
    edit(`objects/${object} ${field.name} mask`, `objects/${object}`, now => {
      const fields = objectDefinition(now, object)?.fields ?? {}
      return changeObject(now, object, { fields: { ...fields, [field.name]: { ...definition, mask: next } } })
    })
  const ends = (key: 'first' | 'last', usual: number) => (
    <InputNumber
      size="small"
      min={0}
      max={20}
      aria-label={t(`mask.${key}`)}
      value={mask[key] ?? usual}
      onChange={value => put({ ...mask, [key]: value ?? usual })}
    />
  )
  return (
    <div className="role-mask wide">
      <Select<Mask['kind']>
        size="small"
        aria-label={t('mask.kind')}
        value={mask.kind}
        onChange={kind => put({ kind, ...(mask.unlessOwner ? { unlessOwner: true } : {}) })}
        options={(['ends', 'email', 'all'] as const).map(value => ({ value, label: t(`mask.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      {mask.kind === 'ends' && ends('first', 3)}
      {mask.kind === 'ends' && ends('last', 4)}
      <code className="quiet">{maskedText(samples[field.type.name] ?? t('mask.sample'), mask)}</code>
      {objectDefinition(elements, object)?.owner !== 'none' && (
        <Checkbox
          className="wide"
          checked={mask.unlessOwner === true}
          onChange={({ target }) => {
            const { unlessOwner: _, ...rest } = mask
            put(target.checked ? { ...rest, unlessOwner: true } : rest)
          }}
        >
          {t('mask.unlessOwner')}
        </Checkbox>
      )}
      <p className="field-help wide">{t('mask.help')}</p>
    </div>
  )
}
