import { isRecord } from '@tessera/platform/fields/parts.js'
import { MapPin } from 'lucide-react'
import type { DisplayProps, FieldFace } from './face.js'
import { GeoPointInput, NearValue } from './lazy-inputs.js'
import { Nothing, TextDisplay } from './plain-display.js'

function GeoPointDisplay(props: DisplayProps) {
  return isRecord(props.record[props.field.key]) ? <TextDisplay {...props} /> : <Nothing place={props.place} />
}

export const geoPoint: FieldFace = {
  icon: MapPin,
  width: 170,
  Display: GeoPointDisplay,
  Input: GeoPointInput,
  filters: ['near', 'isNull'],
  FilterValue: NearValue,
  valueText: value => {
    const [latitude, longitude, meters] = typeof value === 'string' ? value.split(' ') : []
    return `${Number(meters) / 1000} km · ${latitude}, ${longitude}`
  },
}
