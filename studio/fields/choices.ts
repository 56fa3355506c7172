import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import type { App } from '../api/app.js'

/** An option as it can be chosen. */
export interface Choice {
  value: string
  label: string
  color: string | undefined
  disabled: boolean
}

/** The options of a field in the language that is shown; those no longer in use can only be kept. */
export function choicesOf(field: FieldModel, app: App, kept: readonly unknown[] = []): Choice[] {
  return (field.definition.options ?? [])
    .filter(option => !option.inactive || kept.includes(option.value))
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
