import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox, Select } from 'antd'
import { AccessGroups } from './access-groups.js'
import type { AccessPartProps } from './access-part.js'
import { AccessPool } from './access-pool.js'
import { AccessRules } from './access-rules.js'
import { changeObject } from './edit-object.js'
import { Property } from './property.js'
import { useRightsTexts } from './rights-texts.js'
import { useWorkshop } from './workshop.js'
import './rights.css'

const open = 'open'

/** Which records a grant without a rule of its own covers: by default, by owner, positions, groups, rules, and out of the pool. */
export function AccessPanel({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const { elements, model, issues, edit } = useWorkshop()
  const definition = objectDefinition(elements, name)
  const object = lookup(model.objects, name)
  if (!definition || !object) return null
  const { access } = definition
  const put = (what: string, next: unknown) =>
    edit(`objects/${name} access ${what}`, `objects/${name}`, now => changeObject(now, name, { access: next }))
  const change: AccessPartProps['change'] = patch => put(Object.keys(patch).join(), cleaned({ ...access, ...patch }))
  const errorAt = (place: string) => {
    const found = issues.find(({ path }) => `${path}/`.startsWith(`objects/${name}/access/${place}/`))
    return found && [found.message, found.hint].filter(text => text).join(' ')
  }
  const choices = [open, 'private', 'read', 'edit', ...(object.detail || access?.default === 'parent' ? ['parent'] : [])]
  return (
    <div className="scroll-page">
      <div className="object-settings access-panel">
        <Property
          id="access-default"
          label={t('access.default')}
          help={t(`access.help.${access?.default ?? open}`)}
          error={errorAt('default')}
        >
          <Select
            id="access-default"
            value={access?.default ?? open}
            onChange={chosen => put('default', chosen === open ? undefined : cleaned({ ...access, default: chosen }))}
            options={choices.map(value => ({ value, label: t(`access.${value}`) }))}
            style={{ width: '100%' }}
          />
        </Property>
        <Owner name={name} definition={definition} />
        {access && access.default !== 'parent' && access.default !== 'edit' && (
          <>
            <div className="property">
              <Checkbox
                checked={access.positions !== false}
                disabled={!object.hasOwner}
                onChange={event => change({ positions: event.target.checked ? undefined : false })}
              >
                {t('access.positions')}
              </Checkbox>
              {errorAt('positions') && (
                <p className="field-error" role="alert">
                  {errorAt('positions')}
                </p>
              )}
            </div>
            <AccessGroups object={object} access={access} change={change} errorAt={errorAt} />
            <AccessRules object={object} access={access} change={change} errorAt={errorAt} />
            <AccessPool object={object} access={access} change={change} errorAt={errorAt} />
          </>
        )}
      </div>
    </div>
  )
}

const cleaned = (access: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(access).filter(
      ([key, value]) => value !== undefined && (key === 'pool' || typeof value !== 'object' || Object.keys(value ?? {}).length > 0),
    ),
  )

function Owner({ name, definition }: { name: string; definition: ObjectDefinition }) {
  const { t } = useRightsTexts()
  const { edit } = useWorkshop()
  return (
    <Property id="access-owner" label={t('object.owner')}>
      <Select
        id="access-owner"
        allowClear
        placeholder={t('property.usual')}
        value={definition.owner ?? null}
        onChange={owner => edit(`objects/${name} owner`, `objects/${name}`, now => changeObject(now, name, { owner: owner ?? undefined }))}
        options={(['user', 'none'] as const).map(value => ({ value, label: t(`object.owner.${value}`) }))}
        style={{ width: '100%' }}
      />
    </Property>
  )
}
