import { Select } from 'antd'
import { iconOf, icons } from '../ui/icons.js'

/** Chooses one of the product's icons by its name. */
export const IconChoice = ({ id, value, onChange }: { id: string; value: string | undefined; onChange: (icon: string) => void }) => (
  <Select
    id={id}
    showSearch
    value={value}
    onChange={onChange}
    style={{ width: '100%' }}
    options={Object.keys(icons).map(name => ({ value: name, label: name }))}
    labelRender={({ value: name }) => <IconLine name={String(name)} />}
    optionRender={({ value: name }) => <IconLine name={String(name)} />}
  />
)

function IconLine({ name }: { name: string }) {
  const Icon = iconOf(name)
  return (
    <span className="icon-line">
      <Icon size={15} strokeWidth={1.75} aria-hidden /> {name}
    </span>
  )
}
