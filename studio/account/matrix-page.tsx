import type { Profile } from '@tessera/platform/access/profile.js'
import type { ObjectModel, RoleModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChevronDown, ChevronRight, Table2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { elementJsonPath } from '../builder/places.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { profilesOf } from '../builder/role-coverage.js'
import { useWorkshop } from '../builder/workshop.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { MatrixList } from './matrix-list.js'
import { FieldLevelText, matrixFields, useCoverageTexts } from './matrix-texts.js'
import { ViewAs } from './view-as.js'
import '../builder/rights.css'

/** Roles by objects and, folded out, their fields: what each comes to, as the draft has it. */
export default function MatrixPage() {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { member } = useApp()
  const { model } = useWorkshop()
  const profiles = useMemo(() => profilesOf(model), [model])
  const isPhone = usePhone()
  useTitle(t('matrix.title'), t('studio'), member.workspace.name)
  const roles = Object.values(model.roles)
  const objects = Object.values(model.objects)
    .filter(object => !object.junction)
    .sort((left, right) => label(left.pluralLabel).localeCompare(label(right.pluralLabel)))
  return (
    <>
      <PageHead title={t('matrix.title')} icon={Table2} />
      <div className="matrix-view">
        <ViewAs />
      </div>
      {roles.length === 0 ? (
        <EmptyState title={t('matrix.none')} text={t('matrix.noneHint')} />
      ) : isPhone ? (
        <MatrixList roles={roles} objects={objects} profiles={profiles} />
      ) : (
        <MatrixGrid roles={roles} objects={objects} profiles={profiles} />
      )}
      <p className="role-legend">{t(isPhone ? 'matrix.legendList' : 'matrix.legend')}</p>
    </>
  )
}

interface MatrixGridProps {
  roles: readonly RoleModel[]
  objects: readonly ObjectModel[]
  profiles: Readonly<Record<string, Profile>>
}

function MatrixGrid({ roles, objects, profiles }: MatrixGridProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (name: string) =>
    setOpen(before => new Set(before.has(name) ? [...before].filter(one => one !== name) : [...before, name]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className="rights-scroll" tabIndex={0} role="region" aria-label={t('matrix.title')}>
      <table className="rights-grid matrix" aria-label={t('matrix.title')}>
        <thead>
          <tr>
            <th scope="col">{t('role.object')}</th>
            {roles.map(role => (
              <th key={role.name} scope="col">
                <Link to={elementJsonPath('role', role.name)}>{label(role.definition.label) || role.name}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {objects.map(object => (
            <ObjectRows
              key={object.name}
              object={object}
              roles={roles}
              profiles={profiles}
              isOpen={open.has(object.name)}
              onToggle={() => toggle(object.name)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface ObjectRowsProps {
  object: ObjectModel
  roles: readonly RoleModel[]
  profiles: Readonly<Record<string, Profile>>
  isOpen: boolean
  onToggle: () => void
}

function ObjectRows({ object, roles, profiles, isOpen, onToggle }: ObjectRowsProps) {
  const label = useLabel()
  const columns = roles.flatMap(({ name }) => {
    const profile = lookup(profiles, name)
    return profile ? [{ role: name, profile }] : []
  })
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="rights-object matrix-fold" aria-expanded={isOpen} onClick={onToggle}>
            <Icon size={14} aria-hidden /> <span className="cut">{label(object.pluralLabel)}</span>
          </button>
        </th>
        {columns.map(({ role, profile }) => (
          <td key={role}>
            <Coverages role={role} profile={profile} object={object.name} />
          </td>
        ))}
      </tr>
      {isOpen &&
        matrixFields(object).map(field => (
          <tr key={field.name} className="matrix-field">
            <th scope="row">
              <span className="cut">{label(field.label)}</span>
            </th>
            {columns.map(({ role, profile }) => (
              <td key={role}>
                <FieldLevelText profile={profile} object={object.name} field={field} />
              </td>
            ))}
          </tr>
        ))}
    </>
  )
}

function Coverages({ role, profile, object }: { role: string; profile: Profile; object: string }) {
  const [seen, changed] = useCoverageTexts(profile, object)
  if (changed === undefined) return <span className="quiet">{seen}</span>
  return (
    <Link className="matrix-cell" to={`${elementJsonPath('role', role)}?object=${object}`}>
      <span>{seen}</span>
      <span className="quiet">{changed}</span>
    </Link>
  )
}
