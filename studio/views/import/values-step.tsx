import { labelOf } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { AutoComplete, Button, Select } from 'antd'
import { useApp, useLabel } from '../../api/app.js'
import { Problem, Skeleton } from '../../ui/small.js'
import { failureText } from '../failure.js'
import { useUnknownValues } from './import-data.js'
import { optionCalled, replaced, replacementOf, type UnknownValue } from './import-state.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'

/** Values that no option and no record is called, each with what was probably meant. */
export function ValuesStep(props: StepProps) {
  const { object, state, change } = props
  const { t } = useTexts()
  const { data, error } = useUnknownValues(state.file?.id ?? '', object.name, state.mapping)
  const values = data?.map(value => withOption(value, object))
  const open = (values ?? []).filter(value => value.suggestion !== null && replacementOf(state, value) === '')
  const takeAll = () => change(open.reduce((before, value) => replaced(before, value, value.suggestion ?? ''), state))
  return (
    <StepFrame
      title={t('values.title')}
      text={values && values.length > 0 ? t('values.text') : undefined}
      foot={
        <>
          <Button onClick={() => change({ ...state, step: 'columns' })}>{t('back')}</Button>
          <span className="grow" />
          {open.length > 0 && <Button onClick={takeAll}>{t('values.takeAll', { count: open.length })}</Button>}
          <Button type="primary" disabled={!values} onClick={() => change({ ...state, step: 'try', trial: null })}>
            {t('values.try')}
          </Button>
        </>
      }
    >
      {error && <Problem title={failureText(error, t)} />}
      {!values && !error && <Skeleton width="100%" height={160} />}
      {values?.length === 0 && <p>{t('values.none')}</p>}
      {values && values.length > 0 && <ValueTable values={values} {...props} />}
    </StepFrame>
  )
}

/** A suggestion that is what an option is called, as the option's value. */
function withOption(value: UnknownValue, object: ObjectModel): UnknownValue {
  const options = lookup(object.fields, value.field)?.definition.options
  const meant = options && optionCalled(options, value.suggestion ?? '')
  return options ? { ...value, suggestion: meant?.value ?? null } : value
}

function ValueTable({ values, ...props }: StepProps & { values: readonly UnknownValue[] }) {
  const { t } = useTexts()
  const label = useLabel()
  return (
    <table className="import-table">
      <thead>
        <tr>
          <th scope="col">{t('values.value')}</th>
          <th scope="col">{t('values.column')}</th>
          <th scope="col" className="right">
            {t('values.rows')}
          </th>
          <th scope="col">{t('values.readAs')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(value => (
          <tr key={`${value.column} ${value.field} ${value.value}`}>
            <td className="strong">{value.value}</td>
            <td className="quiet">
              {value.column} → {label(lookup(props.object.fields, value.field)?.label)}
            </td>
            <td className="right num">{value.count.toLocaleString('en')}</td>
            <td>
              <Replacement value={value} {...props} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Replacement({ value, object, state, change }: StepProps & { value: UnknownValue }) {
  const { t } = useTexts()
  const { locale } = useApp()
  const field = lookup(object.fields, value.field)
  const options = field?.definition.options
  const present = replacementOf(state, value)
  const put = (text: string) => change(before => replaced(before, value, text))
  const name = t('values.readAsOf', { value: value.value })
  const meant = options?.find(option => option.value === value.suggestion)
  return (
    <div className="replacement">
      {options ? (
        <Select
          aria-label={name}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('values.refuse')}
          value={present || null}
          onChange={next => put(next ?? '')}
          options={options
            .filter(option => !option.inactive)
            .map(option => ({ value: option.value, label: labelOf(option.label, locale) || option.value }))}
        />
      ) : (
        <AutoComplete
          aria-label={name}
          allowClear
          placeholder={t('values.refuse')}
          value={present}
          onChange={next => put(next ?? '')}
          options={value.suggestion ? [{ value: value.suggestion }] : []}
        />
      )}
      {value.suggestion !== null && present === '' && (
        <Button type="link" size="small" onClick={() => put(value.suggestion ?? '')}>
          {t('values.take', { name: (meant && labelOf(meant.label, locale)) || value.suggestion })}
        </Button>
      )}
    </div>
  )
}
