import type { Issue } from '@tessera/platform/errors.js'
import type { FormShape } from '@tessera/platform/forms/form-schema.js'
import type { Label } from '@tessera/platform/label.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { ComponentType, ReactElement } from 'react'
import type { Related } from '../api/records.js'
import type { Values } from '../fields/face.js'
import type { FormRules } from './form-rules.js'

/** A problem as a form shows it; `rule` names the validation rule that is broken. */
export interface FormProblem extends Pick<Issue, 'message' | 'hint'> {
  readonly rule?: string | undefined
}

/** What templates and fields of a form need besides what react-jsonschema-form gives them. */
export interface RecordFormContext {
  readonly object: ObjectModel
  readonly shape: FormShape
  /** How fields stand by their rules. */
  readonly rules: FormRules
  /** All values of the form, and the names of related records under the field's name. */
  readonly values: Values
  /** What is wrong and to be shown now, by path. */
  readonly problems: Readonly<Record<string, readonly FormProblem[]>>
  readonly touch: (path: string) => void
  /** Remembers the name of a chosen record. */
  readonly name: (path: string, related: Related | null) => void
  readonly isQuick: boolean
  /** Draws the fields in the place of the form's own sections: where the form is designed. */
  readonly layout?: FormLayout | undefined
}

/** The drawn fields of a form by the keys of their values. */
export type FormContent = ReadonlyMap<string, ReactElement>
export type FormLayout = ComponentType<{ content: FormContent }>

/** What a form calls a field. */
export const labelIn = ({ shape }: RecordFormContext, { key, label }: Pick<FieldModel, 'key' | 'label'>): Label =>
  shape.texts.get(key)?.label ?? label

/** The help below a field: of the rule that holds, else what the form says, else the field's own. */
export function helpOf({ shape, rules }: RecordFormContext, { key, definition }: FieldModel): Label | undefined {
  const state = rules.states.get(key)
  return state && state.help !== definition.help ? state.help : (shape.texts.get(key)?.help ?? definition.help)
}

/** The path of a value as issues write it. */
export const pathText = (path: readonly (string | number)[]): string => path.join('/')
