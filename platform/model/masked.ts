import { onceFor } from '../once-for.js'
import type { FieldModel, Model } from './model.js'

/** Whether a field can be asked about: filtered, sorted, grouped, named by. What is seen in part cannot, or it would be guessed. */
export const isAskable = (field: FieldModel): boolean => field.masked === undefined

/** A caller's model without the fields that they see in part; found once for each model. */
export const withoutMasked: (model: Model) => Model = onceFor(model => ({
  ...model,
  objects: Object.fromEntries(
    Object.values(model.objects).map(object => [
      object.name,
      Object.values(object.fields).every(isAskable)
        ? object
        : { ...object, fields: Object.fromEntries(Object.entries(object.fields).filter(([, field]) => isAskable(field))) },
    ]),
  ),
}))
