import { Button, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import { IconButton } from '../ui/small.js'
import type { AccessPartProps } from './access-part.js'
import { useRightsTexts } from './rights-texts.js'

const kinds = ['team', 'queue', 'territory'] as const

/** Fields that name a team, queue or territory, whose members reach the record. */
export function AccessGroups({ object, access, change, errorAt }: AccessPartProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const rows = Object.entries(access.groups ?? {})
  const fields = seenFields(object).filter(field => !field.system && (field.type.name === 'text' || field.type.name === 'select'))
  const free = fields.filter(({ name }) => !rows.some(([used]) => used === name))
  const put = (next: readonly (readonly [string, string])[]) => change({ groups: Object.fromEntries(next) })
  return (
    <fieldset className="property-group">
      <legend>{t('access.groups')}</legend>
      <p className="field-help">{t('access.groupsHelp')}</p>
      {rows.map(([name, kind], index) => (
        <div key={name} className="access-row">
          <Select
            aria-label={t('access.groupField')}
            value={name}
            onChange={next => put(rows.map((row, at) => (at === index ? [next, kind] : row)))}
            options={fields
              .filter(field => field.name === name || free.includes(field))
              .map(field => ({ value: field.name, label: label(field.label) }))}
          />
          <Select
            aria-label={t('access.groupKind')}
            value={kind}
            onChange={next => put(rows.map((row, at) => (at === index ? [name, next] : row)))}
            options={kinds.map(value => ({ value, label: t(`group.one.${value}`) }))}
          />
          <IconButton
            icon={Trash2}
            label={t('access.groupRemove', { name: label(object.fields[name]?.label) || name })}
            onClick={() => put(rows.filter((_, at) => at !== index))}
          />
          {errorAt(`groups/${name}`) && (
            <p className="field-error wide" role="alert">
              {errorAt(`groups/${name}`)}
            </p>
          )}
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        disabled={free.length === 0}
        onClick={() => put([...rows, [free[0]?.name ?? '', 'team']])}
      >
        {t('access.groupAdd')}
      </Button>
      {free.length === 0 && <p className="field-help">{t('access.groupNone')}</p>}
    </fieldset>
  )
}
