import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import 'dayjs/locale/zh-cn.js'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import type { FilterValueProps, InputProps } from './face.js'
import { inputState } from './text-input.js'

dayjs.extend(utc)
dayjs.extend(timezone)
dayjs.extend(customParseFormat)

const dayFormats = { en: ['D MMM YYYY', 'YYYY-MM-DD', 'D/M/YYYY', 'D.M.YYYY'], 'zh-CN': ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY年M月D日', 'M-D'] }
const timeFormats = { en: ['D MMM YYYY, HH:mm', 'YYYY-MM-DD HH:mm'], 'zh-CN': ['YYYY-MM-DD HH:mm', 'YYYY/M/D HH:mm'] }

function usePresets() {
  const { t } = useTranslation()
  return [
    { label: t('date.today'), value: () => dayjs() },
    { label: t('date.tomorrow'), value: () => dayjs().add(1, 'day') },
    { label: t('date.inWeek'), value: () => dayjs().add(7, 'day') },
  ]
}

/** Picks or types a day, or a day and time in the member's zone. */
export default function DateInput(props: InputProps) {
  const { field, value, onChange, onBlur, inline, invalid } = props
  const { locale, timeZone } = useApp()
  const presets = usePresets()
  const hasTime = field.class.name === 'dateTime'
  const read = (text: string): Dayjs => (hasTime ? dayjs(text).tz(timeZone) : dayjs(text))
  const write = (day: Dayjs | null) =>
    onChange(day === null ? null : hasTime ? dayjs.tz(day.format('YYYY-MM-DDTHH:mm:ss'), timeZone).toISOString() : day.format('YYYY-MM-DD'))
  const shown = typeof value === 'string' && value !== '' ? read(value) : null
  return (
    <DatePicker
      {...inputState(props)}
      style={{ width: '100%' }}
      format={hasTime ? timeFormats[locale] : dayFormats[locale]}
      {...(hasTime ? { showTime: { format: 'HH:mm' } } : {})}
      value={shown?.isValid() ? shown : null}
      status={invalid ? 'error' : ''}
      presets={presets}
      autoFocus={inline === true}
      defaultOpen={inline === true}
      placeholder=""
      preserveInvalidOnBlur
      onChange={write}
      onBlur={onBlur}
    />
  )
}

interface MomentInputProps {
  id: string
  /** A moment as the API has it, or null. */
  value: string | null
  onChange: (moment: string | null) => void
}

/** A moment that belongs to no field, such as the end of a share, in the member's zone. */
export function MomentInput({ id, value, onChange }: MomentInputProps) {
  const { locale, timeZone } = useApp()
  const presets = usePresets()
  return (
    <DatePicker
      id={id}
      style={{ width: '100%' }}
      format={timeFormats[locale]}
      showTime={{ format: 'HH:mm' }}
      presets={presets}
      placeholder=""
      value={value === null ? null : dayjs(value).tz(timeZone)}
      onChange={day => onChange(day === null ? null : dayjs.tz(day.format('YYYY-MM-DDTHH:mm:ss'), timeZone).toISOString())}
    />
  )
}

interface DayInputProps {
  id: string
  /** A day as `YYYY-MM-DD`, or null. */
  value: string | null
  onChange: (day: string | null) => void
}

/** A day that belongs to no field, such as the first one of a search. */
export function DayInput({ id, value, onChange }: DayInputProps) {
  const { locale } = useApp()
  const shown = value === null ? null : dayjs(value)
  return (
    <DatePicker
      id={id}
      style={{ width: '100%' }}
      format={dayFormats[locale]}
      placeholder=""
      value={shown?.isValid() ? shown : null}
      onChange={day => onChange(day?.format('YYYY-MM-DD') ?? null)}
    />
  )
}

/** A day, or two for a range, of a condition. */
export function DateBounds({ id, operator, value, onChange }: Omit<FilterValueProps, 'field'>) {
  const { locale } = useApp()
  const day = (text: unknown) => (typeof text === 'string' && text !== '' ? dayjs(text) : null)
  const text = (picked: Dayjs | null | undefined) => picked?.format('YYYY-MM-DD') ?? null
  if (operator !== 'between')
    return (
      <DatePicker
        id={id}
        style={{ width: '100%' }}
        format={dayFormats[locale]}
        value={day(value)}
        onChange={picked => onChange(text(picked))}
      />
    )
  const [from, to] = Array.isArray(value) ? value : [null, null]
  return (
    <DatePicker.RangePicker
      id={{ start: id, end: `${id}-to` }}
      style={{ width: '100%' }}
      format={dayFormats[locale]}
      value={[day(from), day(to)]}
      onChange={range => onChange([text(range?.[0]), text(range?.[1])])}
    />
  )
}
