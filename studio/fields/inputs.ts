// Everything that types a value with nothing more than a box: small together, and wanted by every form.
export { BooleanFilterValue, BooleanInput } from './boolean-input.js'
export { GeoPointInput, NearValue } from './geo-point-input.js'
export { NumberFilterValue, NumberInput, PlainNumberInput } from './number-input.js'
export { PartsInput } from './parts-input.js'
export { PlainTextInput, TextFilterValue, TextInput } from './text-input.js'
export { TypedInput } from './typed-input.js'
