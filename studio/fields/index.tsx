import type { FieldTypeName } from '@tessera/platform/fields/index.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { address } from './address.js'
import { autonumber } from './autonumber.js'
import { boolean } from './boolean.js'
import { color } from './color.js'
import { currency } from './currency.js'
import { date } from './date.js'
import { dateTime } from './date-time.js'
import { decimal } from './decimal.js'
import { duration } from './duration.js'
import { email } from './email.js'
import type { FieldFace } from './face.js'
import { file } from './file.js'
import { formula } from './formula.js'
import { geoPoint } from './geo-point.js'
import { hierarchy } from './hierarchy.js'
import { image } from './image.js'
import { integer } from './integer.js'
import { json } from './json.js'
import { longText } from './long-text.js'
import { lookup } from './lookup.js'
import { lookupValue } from './lookup-value.js'
import { manyToMany } from './many-to-many.js'
import { masterDetail } from './master-detail.js'
import { money } from './money.js'
import { multiSelect } from './multi-select.js'
import { percent } from './percent.js'
import { personName } from './person-name.js'
import { phone } from './phone.js'
import { polymorphic } from './polymorphic.js'
import { rating } from './rating.js'
import { richText } from './rich-text.js'
import { rollup } from './rollup.js'
import { select } from './select.js'
import { tags } from './tags.js'
import { text } from './text.js'
import { time } from './time.js'
import { url } from './url.js'
import { user } from './user.js'

/** The faces of all field types; a type of the platform without one does not compile. */
const faces: Readonly<Record<FieldTypeName, FieldFace>> = {
  text,
  longText,
  richText,
  json,
  file,
  image,
  integer,
  decimal,
  percent,
  money,
  rating,
  boolean,
  date,
  dateTime,
  time,
  duration,
  select,
  multiSelect,
  tags,
  color,
  currency,
  email,
  phone,
  url,
  user,
  personName,
  address,
  geoPoint,
  autonumber,
  formula,
  rollup,
  lookupValue,
  lookup,
  masterDetail,
  hierarchy,
  manyToMany,
  polymorphic,
}

const byName = new Map<string, FieldFace>(Object.entries(faces))

/** How values of a field are seen and typed; what is computed is seen as what it gives. */
export function faceOf(field: FieldModel): FieldFace {
  // what is left of a masked value leads nowhere
  const face = field.masked ? { ...(byName.get(field.type.name) ?? text), Display: text.Display } : (byName.get(field.type.name) ?? text)
  const gives =
    field.type.group === 'computed' ? byName.get(String(field.definition.shows ?? field.definition.returns ?? 'decimal')) : undefined
  return gives ? { ...gives, icon: face.icon, Input: face.Input } : face
}
