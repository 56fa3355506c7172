import { isDefined } from '@tessera/platform/model/junctions.js'
import { Select } from 'antd'
import { useLabel } from '../api/app.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Chooses an object, of the draft too. */
export function ObjectChoice({
  id,
  value,
  onChange,
  label,
}: {
  id: string
  value: string | undefined
  onChange: (object: string) => void
  label?: string
}) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      placeholder={t('object.choose')}
      onChange={onChange}
      style={{ width: '100%' }}
      options={Object.values(model.objects)
        .filter(isDefined)
        .map(object => ({ value: object.name, label: text(object.label) || object.name }))}
    />
  )
}
