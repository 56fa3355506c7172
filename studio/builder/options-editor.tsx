import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { OptionRows } from './option-rows.js'
import type { PanelField } from './panel-field.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** The choices of a field, its own or those of a set. */
export function OptionsEditor({ field }: { field: PanelField }) {
  return (
    <>
      <SetChoice field={field} />
      {field.definition.optionSet === undefined && (
        <OptionRows
          options={field.definition.options ?? []}
          live={(field.live?.definition.options ?? []).map(option => option.value)}
          isState={field.definition.states !== undefined}
          object={field.object}
          error={field.errorAt('options')}
          errorAt={property => field.errorAt(`options/${property}`)}
          put={options => field.change({ options })}
        />
      )}
    </>
  )
}

/** Whether a choice has options of its own or takes those of a set; own ones begin as those that it had. */
function SetChoice({ field }: { field: PanelField }) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const { optionSet, options, states } = field.definition
  const sets = Object.values(model.optionSets)
  if (field.definition.type === 'formula' || states !== undefined || (sets.length === 0 && optionSet === undefined)) return null
  const choose = (set: string) =>
    field.change(
      set === ''
        ? { optionSet: undefined, options: lookup(model.optionSets, optionSet ?? '')?.options ?? options }
        : { optionSet: set, options: undefined },
    )
  return (
    <Property id="property-optionSet" label={t('property.optionSet')} error={field.errorAt('optionSet')}>
      <Select
        id="property-optionSet"
        style={{ width: '100%' }}
        value={optionSet ?? ''}
        onChange={choose}
        options={[
          { value: '', label: t('optionSet.own') },
          ...sets.map(set => ({ value: set.optionSet, label: label(set.label) || set.optionSet })),
        ]}
      />
      {optionSet !== undefined && (
        <Link className="studio-way" to={elementJsonPath('optionSet', optionSet)}>
          {t('optionSet.open')}
        </Link>
      )}
    </Property>
  )
}
