import { isRecord } from '@tessera/platform/fields/parts.js'
import { Button, Input } from 'antd'
import { LocateFixed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FilterValueProps, InputProps } from './face.js'
import { TypedInput } from './typed-input.js'

const written = (value: unknown): string => (isRecord(value) ? `${String(value.latitude)}, ${String(value.longitude)}` : '')

/** Where the device is, rounded to a metre; nothing happens when the person does not allow it. */
const locate = (found: (value: unknown) => void): void =>
  navigator.geolocation?.getCurrentPosition(({ coords }) =>
    found({ latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) }),
  )

/** Latitude and longitude as map services copy them, or where the device is. */
export function GeoPointInput(props: InputProps) {
  const { t } = useTranslation()
  return (
    <TypedInput
      {...props}
      written={written}
      placeholder="39.9042, 116.4074"
      suffix={
        <Button
          type="text"
          size="small"
          icon={<LocateFixed size={15} aria-hidden />}
          aria-label={t('geoPoint.here')}
          title={t('geoPoint.here')}
          disabled={props.disabled === true}
          onMouseDown={event => event.preventDefault()}
          onClick={() => locate(props.onChange)}
        />
      }
    />
  )
}

/** Around a place: the place and the kilometres. */
export function NearValue({ id, field, value, onChange }: FilterValueProps) {
  const { t } = useTranslation()
  const [latitude = '', longitude = '', meters = '10000'] = typeof value === 'string' ? value.split(' ') : []
  const point = latitude === '' ? null : { latitude, longitude }
  const change = (place: unknown, length: string) => onChange(isRecord(place) ? `${written(place).replace(', ', ' ')} ${length}` : null)
  return (
    <div className="near-value">
      <GeoPointInput id={id} field={field} value={point} record={{}} onChange={place => change(place, meters)} inline />
      <Input
        aria-label={t('geoPoint.within')}
        inputMode="numeric"
        addonBefore={t('geoPoint.within')}
        suffix="km"
        value={Number(meters) / 1000}
        onChange={event => change(point, String(Math.min(Math.max(Math.round(Number(event.target.value) * 1000) || 1000, 1), 20_037_508)))}
      />
    </div>
  )
}
