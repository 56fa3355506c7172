import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { useMembers } from '../api/records.js'
import { Avatar, Person } from '../ui/avatar.js'
import { type FilterValueProps, type InputProps, relatedOf } from './face.js'

/** Members as options, the one who is signed in first. */
function useMemberOptions() {
  const { t } = useTranslation()
  const { member } = useApp()
  const { data, isLoading } = useMembers()
  const others = (data ?? []).filter(each => each.id !== member.id)
  const options = [
    { value: member.id, label: `${member.name} (${t('me')})`, name: member.name, find: `${member.name} ${member.email}` },
    ...others.map(each => ({ value: each.id, label: each.name, name: each.name, find: `${each.name} ${each.email}` })),
  ]
  return { options, isLoading }
}

const drawPerson = (option: { data: { name: string; label: string } }) => (
  <span className="person">
    <Avatar name={option.data.name} />
    <span className="cut">{option.data.label}</span>
  </span>
)

/** Chooses a member, the one who is signed in first. */
export function UserInput({
  id,
  field,
  value,
  record,
  onChange,
  onBlur,
  invalid,
  disabled,
  required,
  describedBy,
  label,
  inline,
}: InputProps) {
  const { options, isLoading } = useMemberOptions()
  const present = relatedOf(field, record)
  const all =
    present && !options.some(option => option.value === present.id)
      ? [...options, { value: present.id, label: present.title ?? '', name: present.title ?? '', find: present.title ?? '' }]
      : options
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : null}
      options={all}
      optionRender={drawPerson}
      labelRender={chosen => <Person name={all.find(option => option.value === chosen.value)?.name ?? String(chosen.label ?? '')} />}
      showSearch={{ optionFilterProp: 'find' }}
      allowClear={!required}
      loading={isLoading}
      autoFocus={inline === true}
      defaultOpen={inline === true}
      disabled={disabled === true}
      status={invalid ? 'error' : ''}
      aria-label={label}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(chosen: string | null) => {
        const option = all.find(each => each.value === chosen)
        onChange(chosen ?? null, option ? { id: option.value, title: option.name } : null)
      }}
      onBlur={onBlur}
    />
  )
}

/** Members that a condition names. */
export function UserFilterValue({ id, value, onChange }: FilterValueProps) {
  const { options } = useMemberOptions()
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      value={Array.isArray(value) ? value : []}
      options={options}
      optionRender={drawPerson}
      showSearch={{ optionFilterProp: 'find' }}
      onChange={chosen => onChange(chosen)}
    />
  )
}
