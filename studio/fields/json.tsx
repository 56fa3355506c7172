import { Braces } from 'lucide-react'
import { type DisplayProps, type FieldFace, type InputProps, isEmptyValue } from './face.js'
import { TextFilterValue, TypedInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function JsonDisplay({ field, record, place }: DisplayProps) {
  const value = record[field.key]
  if (isEmptyValue(value)) return <Nothing place={place} />
  return place === 'record' ? (
    <pre className="code json-value">{JSON.stringify(value, null, 2)}</pre>
  ) : (
    <code className="code cut">{JSON.stringify(value)}</code>
  )
}

const JsonInput = (props: InputProps) => (
  <TypedInput {...props} several written={value => JSON.stringify(value, null, 2)} placeholder="{ }" />
)

export const json: FieldFace = {
  icon: Braces,
  width: 200,
  Display: JsonDisplay,
  Input: JsonInput,
  filters: ['isNull'],
  FilterValue: TextFilterValue,
}
