import { MapPinHouse } from 'lucide-react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, type InputProps, textOf } from './face.js'
import { PartsInput, TextFilterValue } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

const order = {
  en: ['street', 'district', 'city', 'region', 'postalCode', 'country'],
  'zh-CN': ['country', 'region', 'city', 'district', 'street', 'postalCode'],
} as const
const known = {
  country: 'country-name',
  region: 'address-level1',
  city: 'address-level2',
  district: 'address-level3',
  street: 'street-address',
  postalCode: 'postal-code',
}

function AddressDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  return <span className={place === 'record' ? 'long-text' : 'cut'}>{text}</span>
}

function AddressInput(props: InputProps) {
  const { locale } = useApp()
  return <PartsInput {...props} names={order[locale]} wide={['street']} autoComplete={known} />
}

export const address: FieldFace = {
  icon: MapPinHouse,
  width: 240,
  Display: AddressDisplay,
  Input: AddressInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
  card: 'line',
}
