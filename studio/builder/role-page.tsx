import type { GrantDefinition, RoleDefinition } from '@tessera/platform/definitions/role.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox } from 'antd'
import { useSearchParams } from 'react-router'
import { useLabel } from '../api/app.js'
import { TabSet } from '../ui/tab-set.js'
import { changeRole, others, restrictionOf, roleDefinition } from './edit-role.js'
import { JsonEditor } from './json-editor.js'
import { LabelInputs } from './label-inputs.js'
import { useRightsTexts } from './rights-texts.js'
import { RoleEditor } from './role-editor.js'
import { useWorkshop } from './workshop.js'

/** Designs one role: its rights, what it is called, its JSON. */
export function RoleParts({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const [params, setParams] = useSearchParams()
  const tab = params.get('tab') ?? 'rights'
  const tabs = [
    { key: 'rights', label: t('role.rights') },
    { key: 'settings', label: t('tab.settings') },
    { key: 'json', label: 'JSON' },
  ]
  return (
    <>
      <div className="studio-tabs">
        <TabSet
          tabs={tabs}
          active={tab}
          label={t('role.parts')}
          panelId="role-part"
          onChange={key => setParams(key === 'rights' ? {} : { tab: key })}
        />
      </div>
      <div className="role-part" id="role-part" role="tabpanel" aria-label={tabs.find(each => each.key === tab)?.label}>
        {tab === 'rights' && <RoleEditor name={name} />}
        {tab === 'settings' && <RoleSettings name={name} />}
        {tab === 'json' && <JsonEditor path={`roles/${name}`} />}
      </div>
    </>
  )
}

function RoleSettings({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const { elements, edit } = useWorkshop()
  const role = roleDefinition(elements, name)
  if (!role) return null
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`roles/${name} ${Object.keys(patch).join()}`, `roles/${name}`, now => changeRole(now, name, patch))
  return (
    <div className="scroll-page">
      <div className="object-settings">
        <LabelInputs id="role-label" title={t('property.label')} value={role.label} onChange={label => change({ label: label ?? name })} />
        <LabelInputs
          id="role-description"
          title={t('property.description')}
          long
          value={role.description}
          onChange={description => change({ description })}
        />
        <div className="property">
          <Checkbox checked={role.admin ?? false} onChange={event => change({ admin: event.target.checked || undefined })}>
            {t('role.admin')}
          </Checkbox>
          <p className="field-help">{t('role.adminHelp')}</p>
        </div>
        <div className="property">
          <Checkbox checked={role.audit ?? false} onChange={event => change({ audit: event.target.checked || undefined })}>
            {t('role.audit')}
          </Checkbox>
        </div>
      </div>
    </div>
  )
}

/** What a role grants in words, where there is no room to change it. */
export function RoleRead({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { elements, model } = useWorkshop()
  const role = roleDefinition(elements, name)
  if (!role) return null
  const names = [...new Set([...Object.keys(role.grants), ...Object.keys(role.restrict ?? {})])]
  if (names.length === 0) return <p className="field-help role-read-none">{t('role.grantsNothing')}</p>
  return (
    <ul className="rows role-read">
      {names.map(name => (
        <li key={name}>
          <div>
            <strong>{name === others ? t('role.others') : label(lookup(model.objects, name)?.pluralLabel) || name}</strong>
            <RoleReadObject role={role} object={name} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function RoleReadObject({ role, object }: { role: RoleDefinition; object: string }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const grant = lookup(role.grants as Readonly<Record<string, GrantDefinition>>, object)
  const taken = restrictionOf(role, object)
  const levels = (fields: GrantDefinition['fields'] = {}) =>
    Object.entries(fields).map(([field, level]) => {
      const name = label(lookup(lookup(model.objects, object)?.fields ?? {}, field)?.label) || field
      return t('role.fieldAt', { name, level: t(`level.${level}`) })
    })
  const withheld = [...(taken?.actions ?? []).map(action => t(`action.${action}`)), ...levels(taken?.fields)]
  return (
    <>
      {grant && <div className="quiet">{grant.actions.map(action => t(`action.${action}`)).join(' · ')}</div>}
      {(grant?.records !== undefined || grant?.recordsFor !== undefined) && <div className="quiet">{t('role.ruled')}</div>}
      {grant?.fields && <div className="quiet">{levels(grant.fields).join(' · ')}</div>}
      {withheld.length > 0 && (
        <div className="quiet">
          {t('role.restrict')} · {withheld.join(' · ')}
        </div>
      )}
    </>
  )
}
