import type { ErrorSchema, ValidatorType } from '@rjsf/utils'
import type { Issue } from '@tessera/platform/errors.js'
import type { Values } from '../fields/face.js'

/** react-jsonschema-form's validator over the platform's check: no schema is compiled in the browser. */
export const validatorOf = (check: (values: Values) => readonly Issue[]): ValidatorType => ({
  validateFormData: formData => {
    const errors = check((formData ?? {}) as Values).map(found => ({ stack: found.message, message: found.message, property: found.path }))
    return { errors, errorSchema: (errors.length > 0 ? { __errors: errors.map(error => error.message) } : {}) as ErrorSchema }
  },
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
})
