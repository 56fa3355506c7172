import type { Profile } from '@tessera/platform/access/profile.js'
import type { FieldModel, ObjectModel, RoleModel } from '@tessera/platform/model/model.js'
import { ChevronDown, ChevronRight, Table2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { DeskOnly } from '../builder/desk-only.js'
import { elementJsonPath } from '../builder/places.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { coverageOf, levelOf, profilesOf } from '../builder/role-coverage.js'
import { useWorkshop } from '../builder/workshop.js'
import { seenFields } from '../fields/selection.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { ViewAs } from './view-as.js'
import '../builder/rights.css'

/** Roles by objects and, folded out, their fields: what each comes to, as the draft has it. */
export default function MatrixPage() {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { member } = useApp()
  const { model } = useWorkshop()
  const profiles = useMemo(() => profilesOf(model), [model])
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  useTitle(t('matrix.title'), t('studio'), member.workspace.name)
  const roles = Object.values(model.roles)
  const objects = Object.values(model.objects)
    .filter(object => !object.junction)
    .sort((left, right) => label(left.pluralLabel).localeCompare(label(right.pluralLabel)))
  const toggle = (name: string) =>
    setOpen(before => new Set(before.has(name) ? [...before].filter(one => one !== name) : [...before, name]))
  return (
    <>
      <PageHead title={t('matrix.title')} icon={Table2} />
      <div className="matrix-view">
        <ViewAs />
      </div>
      <DeskOnly>
        {roles.length === 0 ? (
          <EmptyState title={t('matrix.none')} text={t('matrix.noneHint')} />
        ) : (
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
        )}
        <p className="role-legend">{t('matrix.legend')}</p>
      </DeskOnly>
    </>
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
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="rights-object matrix-fold" aria-expanded={isOpen} onClick={onToggle}>
            <Icon size={14} aria-hidden /> <span className="cut">{label(object.pluralLabel)}</span>
          </button>
        </th>
        {roles.map(role => (
          <td key={role.name}>
            <Coverages role={role.name} profile={profiles[role.name]} object={object.name} />
          </td>
        ))}
      </tr>
      {isOpen &&
        seenFields(object)
          .filter(field => !field.system || field.name === 'owner')
          .map(field => (
            <tr key={field.name} className="matrix-field">
              <th scope="row">
                <span className="cut">{label(field.label)}</span>
              </th>
              {roles.map(role => (
                <td key={role.name}>
                  <Level profile={profiles[role.name]} object={object.name} field={field} />
                </td>
              ))}
            </tr>
          ))}
    </>
  )
}

function Coverages({ role, profile, object }: { role: string; profile: Profile | undefined; object: string }) {
  const { t } = useRightsTexts()
  if (!profile) return null
  const [seen, changed] = [coverageOf(profile, 'read', object), coverageOf(profile, 'update', object)]
  if (seen === 'none') return <span className="quiet">{t('coverage.none')}</span>
  return (
    <Link className="matrix-cell" to={`${elementJsonPath('role', role)}?object=${object}`}>
      <span>{t('matrix.sees', { what: t(`coverage.${seen}`) })}</span>
      <span className="quiet">{changed === 'none' ? t('matrix.readsOnly') : t('matrix.changes', { what: t(`coverage.${changed}`) })}</span>
    </Link>
  )
}

function Level({ profile, object, field }: { profile: Profile | undefined; object: string; field: FieldModel }) {
  const { t } = useRightsTexts()
  if (!profile || !Object.hasOwn(profile.objects, object)) return <span className="quiet">—</span>
  const level = levelOf(profile, object, field)
  return <span className={level === 'edit' ? 'quiet' : `matrix-level ${level}`}>{t(`level.${level}`)}</span>
}
