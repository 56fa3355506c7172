import type { Profile } from '@tessera/platform/access/profile.js'
import type { ObjectModel, RoleModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Segmented, Select } from 'antd'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useLabel } from '../api/app.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { coverageOf } from '../builder/role-coverage.js'
import { Labelled } from '../ui/labelled.js'
import { FieldLevelText, matrixFields, useCoverageTexts } from './matrix-texts.js'

interface MatrixListProps {
  roles: readonly RoleModel[]
  objects: readonly ObjectModel[]
  profiles: Readonly<Record<string, Profile>>
}

/** The same as the grid where there is no room for one: all objects of a role, or all roles of an object. */
export function MatrixList({ roles, objects, profiles }: MatrixListProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const [params, setParams] = useSearchParams()
  const [open, setOpen] = useState<string | null>(null)
  const isByObject = params.get('by') === 'object'
  const roleOptions = roles.map(({ name, definition }) => ({ value: name, label: label(definition.label) || name }))
  const objectOptions = objects.map(({ name, pluralLabel }) => ({ value: name, label: label(pluralLabel) || name }))
  const [choices, others] = isByObject ? [objectOptions, roleOptions] : [roleOptions, objectOptions]
  const chosen = choices.find(({ value }) => value === params.get('of'))?.value ?? choices[0]?.value ?? ''
  const choose = (by: string, of?: string) => {
    setOpen(null)
    setParams({ by, ...(of === undefined ? {} : { of }) }, { replace: true })
  }
  const by = isByObject ? 'object' : 'role'
  return (
    <div className="matrix-list">
      <Segmented
        block
        aria-label={t('matrix.by')}
        value={by}
        onChange={next => choose(next)}
        options={(['role', 'object'] as const).map(value => ({ value, label: t(`matrix.by.${value}`) }))}
      />
      <Labelled className="labelled" id="matrix-of" label={t(isByObject ? 'role.object' : 'matrix.role')}>
        <Select
          id="matrix-of"
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen}
          onChange={of => choose(by, of)}
          options={choices}
          style={{ width: '100%' }}
        />
      </Labelled>
      <ul className="matrix-rows">
        {others.map(({ value, label: title }) => {
          const object = objects.find(({ name }) => name === (isByObject ? chosen : value))
          const profile = lookup(profiles, isByObject ? value : chosen)
          const toggle = () => setOpen(before => (before === value ? null : value))
          return (
            object &&
            profile && <MatrixRow key={value} title={title} object={object} profile={profile} isOpen={open === value} onToggle={toggle} />
          )
        })}
      </ul>
    </div>
  )
}

interface MatrixRowProps {
  title: string
  object: ObjectModel
  profile: Profile
  isOpen: boolean
  onToggle: () => void
}

function MatrixRow({ title, object, profile, isOpen, onToggle }: MatrixRowProps) {
  const label = useLabel()
  const texts = useCoverageTexts(profile, object.name)
  const isSeen = coverageOf(profile, 'read', object.name) !== 'none'
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <li>
      <button type="button" className="matrix-row" aria-expanded={isSeen ? isOpen : undefined} disabled={!isSeen} onClick={onToggle}>
        {isSeen ? <Icon size={16} aria-hidden /> : <span />}
        <span className="cut">{title}</span>
        <span className="quiet">{texts.join(' · ')}</span>
      </button>
      {isOpen && isSeen && (
        <ul className="matrix-fields">
          {matrixFields(object).map(field => (
            <li key={field.name}>
              <span className="cut">{label(field.label)}</span>
              <FieldLevelText profile={profile} object={object.name} field={field} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
