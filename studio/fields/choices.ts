import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { isOffered } from '@tessera/platform/records/cascade.js'
import { type App, objectOf } from '../api/app.js'
import type { Values } from './face.js'

/** An option as it can be chosen. */
export interface Choice {
  value: string
  label: string
  color: string | undefined
  disabled: boolean
}

/**
 * The options of a field in the language that is shown; those no longer in use can only be kept.
 * @param record the values beside it, where only options that fit them are offered
 */
export function choicesOf(field: FieldModel, app: App, kept: readonly unknown[] = [], record?: Values): Choice[] {
  const object = record && objectOf(app, field.object)
  return (field.definition.options ?? [])
    .filter(option => kept.includes(option.value) || (!option.inactive && (!object || isOffered(option, field, object, record))))
    .map(option => ({
      value: option.value,
      label: labelOf(option.label, app.locale) || option.value,
      color: option.color as string | undefined,
      disabled: option.inactive === true,
    }))
}

/** What a list of options is called in a chip. */
export const choicesText = (value: unknown, field: FieldModel, app: App): string | undefined =>
  Array.isArray(value)
    ? value
        .map(each => field.type.format(field.type.name === 'multiSelect' ? [each] : each, field.definition, app))
        .join(app.locale === 'zh-CN' ? '、' : ', ')
    : undefined
