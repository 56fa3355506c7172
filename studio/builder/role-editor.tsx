import { lookup } from '@tessera/platform/registry.js'
import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useLabel } from '../api/app.js'
import { others, roleDefinition } from './edit-role.js'
import { useRightsTexts } from './rights-texts.js'
import { RoleGrid } from './role-grid.js'
import { RolePanel } from './role-panel.js'
import { useWorkshop } from './workshop.js'
import './rights.css'

/** What a role grants: objects by actions, and beside them the records and fields of the one that is chosen. */
export function RoleEditor({ name }: { name: string }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { elements, model } = useWorkshop()
  const [typed, setTyped] = useState('')
  const [params, setParams] = useSearchParams()
  const role = roleDefinition(elements, name)
  if (!role) return null
  const needle = typed.trim().toLowerCase()
  const objects = Object.values(model.objects)
    .filter(object => !object.junction)
    .map(object => ({ name: object.name, title: label(object.pluralLabel) || object.name }))
    .sort((left, right) => left.title.localeCompare(right.title))
  const rows = [{ name: others, title: t('role.others') }, ...objects].filter(row =>
    `${row.title} ${row.name}`.toLowerCase().includes(needle),
  )
  const chosen = params.get('object')
  const choose = (object: string | null) => setParams(object === null ? {} : { object }, { replace: true })
  const object = chosen !== null ? lookup(model.objects, chosen) : undefined
  return (
    <div className="designer">
      <div className="designer-main">
        <div className="fields-tools">
          <Input
            allowClear
            prefix={<Search size={15} aria-hidden />}
            placeholder={t('object.find')}
            aria-label={t('object.find')}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
        </div>
        {rows.length === 0 ? (
          <p className="fields-none">{t('role.noObject')}</p>
        ) : (
          <RoleGrid role={role} rows={rows} chosen={object?.name ?? null} onChoose={choose} />
        )}
        <p className="role-legend">{t('role.legend')}</p>
      </div>
      {object && <RolePanel key={object.name} role={role} object={object} onClose={() => choose(null)} />}
    </div>
  )
}
