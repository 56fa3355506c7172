import { Button, Select } from 'antd'
import { useMembers } from '../api/records.js'
import { DayInput } from '../fields/date-picker.js'
import { Labelled } from '../ui/labelled.js'
import { Chip } from '../ui/small.js'
import { type AuditSearch, auditKinds } from './audit.js'
import { useTexts } from './oversight-texts.js'

interface AuditFiltersProps {
  search: AuditSearch
  onNarrow: (changes: Readonly<Record<string, string | null>>) => void
  /** Null where nothing is narrowed. */
  onReset: (() => void) | null
}

/** What narrows the log: person, kinds, days, one record. */
export function AuditFilters({ search: { member, kinds, from, until, record }, onNarrow, onReset }: AuditFiltersProps) {
  const { t } = useTexts()
  const { data: members = [] } = useMembers()
  return (
    <div className="audit-filters" role="search">
      <Labelled className="labelled" id="audit-person" label={t('audit.person')}>
        <Select
          id="audit-person"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('audit.anybody')}
          value={member}
          options={members.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen?: string) => onNarrow({ member: chosen ?? null })}
        />
      </Labelled>
      <Labelled className="labelled" id="audit-kind" label={t('audit.kind')}>
        <Select
          id="audit-kind"
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          placeholder={t('audit.anything')}
          value={[...kinds]}
          options={auditKinds.map(kind => ({ value: kind, label: t(`audit.kind.${kind}`) }))}
          onChange={(chosen: string[]) => onNarrow({ kind: chosen.join(',') })}
        />
      </Labelled>
      {(['from', 'until'] as const).map(end => (
        <Labelled key={end} className="labelled" id={`audit-${end}`} label={t(`audit.${end}`)}>
          <DayInput id={`audit-${end}`} value={(end === 'from' ? from : until) || null} onChange={day => onNarrow({ [end]: day })} />
        </Labelled>
      ))}
      {(record || onReset) && (
        <div className="audit-narrowed">
          {record && <Chip name={t('audit.record')} text={`…${record.slice(-8)}`} onRemove={() => onNarrow({ record: null })} />}
          {onReset && <Button onClick={onReset}>{t('audit.reset')}</Button>}
        </div>
      )}
    </div>
  )
}
