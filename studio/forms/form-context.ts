import type { Issue } from '@tessera/platform/errors.js'
import type { FormShape } from '@tessera/platform/forms/form-schema.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
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
}

/** The path of a value as issues write it. */
export const pathText = (path: readonly (string | number)[]): string => path.join('/')
