import { type ActionName, actionNames, type RoleDefinition } from '@tessera/platform/definitions/role.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Select } from 'antd'
import { Plus, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { ConditionInput } from './condition-input.js'
import { bareRule, changeGrant, changeRestriction, grantOf, restrictionOf, ruleAction } from './edit-role.js'
import { Property } from './property.js'
import { useRightsTexts } from './rights-texts.js'
import { RoleFields } from './role-fields.js'
import { useRoleProblem } from './role-problem.js'
import { useWorkshop } from './workshop.js'

interface PartProps {
  role: RoleDefinition
  object: ObjectModel
}

/** What a role may do with one object: which records, how far its fields are open, what it takes away. */
export function RolePanel({ role, object, onClose }: PartProps & { onClose: () => void }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const title = label(object.pluralLabel)
  const { grant } = grantOf(role, object.name)
  return (
    <aside className="designer-panel role-panel" aria-label={t('role.panel', { name: title })}>
      <div className="panel-title">
        <h2 className="cut">{title}</h2>
        <span className="grow" />
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </div>
      {grant && grant.actions.length > 0 ? (
        <>
          <Records role={role} object={object} />
          <fieldset className="property-group">
            <legend>{t('role.fieldsTitle')}</legend>
            <RoleFields role={role} object={object} part="grants" />
          </fieldset>
        </>
      ) : (
        <p className="field-help">{t('role.nothingYet')}</p>
      )}
      <Taken role={role} object={object} />
    </aside>
  )
}

/** The records that the grant covers: one rule for all actions, and others for single ones. */
function Records({ role, object }: PartProps) {
  const { t } = useRightsTexts()
  const { edit } = useWorkshop()
  const problem = useRoleProblem({ role, object })
  const { grant } = grantOf(role, object.name)
  const at = `roles/${role.role}`
  const special = Object.entries(grant?.recordsFor ?? {})
  const free = (grant?.actions ?? []).filter(action => !special.some(([one]) => one === action) && !['seeAll', 'editAll'].includes(action))
  const put = (action: string, rule: unknown) =>
    edit(`${at} ${object.name} ${action} rule`, at, now => ruleAction(now, role.role, object.name, action, rule))
  return (
    <fieldset className="property-group">
      <legend>{t('role.records')}</legend>
      <ConditionInput
        id="role-records"
        title={t('role.recordsWhich')}
        object={object.name}
        value={bareRule(grant?.records)}
        isWritten={false}
        onChange={records => edit(`${at} ${object.name} records`, at, now => changeGrant(now, role.role, object.name, { records }))}
        help={t(object.definition.access ? 'role.recordsAccess' : 'role.recordsHelp')}
        error={problem('grants', 'records')}
      />
      {special.map(([action, rule]) => (
        <div key={action} className="role-special">
          <ConditionInput
            id={`role-records-${action}`}
            title={t('role.recordsFor', { action: t(`action.${action}`) })}
            object={object.name}
            value={bareRule(rule)}
            empty={true}
            isWritten={false}
            onChange={next => put(action, next ?? true)}
            error={problem('grants', `recordsFor/${action}`)}
          />
          <Button size="small" type="text" danger icon={<Trash2 size={14} aria-hidden />} onClick={() => put(action, undefined)}>
            {t('role.recordsForRemove')}
          </Button>
        </div>
      ))}
      {free.length > 0 && (
        <Property id="role-records-add" label={t('role.recordsForAdd')}>
          <Select<ActionName | null>
            id="role-records-add"
            value={null}
            placeholder={t('role.chooseAction')}
            suffixIcon={<Plus size={14} aria-hidden />}
            onChange={action => action && put(action, true)}
            options={free.map(value => ({ value, label: t(`action.${value}`) }))}
            style={{ width: '100%' }}
          />
        </Property>
      )}
    </fieldset>
  )
}

/** What holders may not do, whatever their other roles grant. */
function Taken({ role, object }: PartProps) {
  const { t } = useRightsTexts()
  const { edit } = useWorkshop()
  const problem = useRoleProblem({ role, object })
  const taken = restrictionOf(role, object.name)
  const limits = Object.keys(taken?.fields ?? {}).length
  const [wasLimited] = useState(limits > 0)
  const at = `roles/${role.role}`
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`${at} ${object.name} restrict ${Object.keys(patch).join()}`, at, now => changeRestriction(now, role.role, object.name, patch))
  const actions = taken?.actions ?? []
  return (
    <fieldset className="property-group">
      <legend>{t('role.restrict')}</legend>
      <Property id="role-restrict" label={t('role.restrictActions')} help={t('role.restrictHelp')} error={problem('restrict', 'actions')}>
        <Select
          id="role-restrict"
          mode="multiple"
          value={[...actions]}
          onChange={next => change({ actions: actionNames.filter(action => next.includes(action)) })}
          options={actionNames.map(value => ({ value, label: t(`action.${value}`) }))}
          style={{ width: '100%' }}
        />
      </Property>
      {actions.length > 0 && (
        <ConditionInput
          id="role-restrict-records"
          title={t('role.restrictRecords')}
          object={object.name}
          value={bareRule(taken?.records)}
          isWritten={false}
          onChange={records => change({ records })}
          help={t('role.restrictRecordsHelp')}
          error={problem('restrict', 'records')}
        />
      )}
      <details className="role-limits" open={wasLimited}>
        <summary>
          {t('role.limits')} <span className="quiet">{limits > 0 ? t('role.fields', { count: limits }) : t('role.limitsNone')}</span>
        </summary>
        <RoleFields role={role} object={object} part="restrict" />
      </details>
    </fieldset>
  )
}
