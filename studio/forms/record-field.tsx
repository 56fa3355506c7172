import type { FieldProps } from '@rjsf/utils'
import { offeredOnly } from '@tessera/platform/records/field-states.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import { Suspense } from 'react'
import { useLabel } from '../api/app.js'
import { isPointing, relatedOf } from '../fields/face.js'
import { ReadOnlyInput } from '../fields/formula.js'
import { faceOf } from '../fields/index.js'
import * as inputs from '../fields/inputs.js'
import { keepInputs } from '../fields/plain-inputs.js'
import { usePhone } from '../ui/media.js'
import { Skeleton } from '../ui/small.js'
import { helpOf, labelIn, pathText, type RecordFormContext } from './form-context.js'

// a form is drawn with all its fields at once
keepInputs(inputs)

/** One value in a form: typed as its field type says. */
export function RecordField({ fieldPathId, formData, onChange, readonly, registry, name }: FieldProps) {
  const label = useLabel()
  const isPhone = usePhone()
  const context = registry.formContext as RecordFormContext
  const field = fieldOfKey(context.object, name)
  if (!field) return null
  const path = pathText(fieldPathId.path)
  const id = fieldPathId.$id
  const state = context.rules.states.get(field.key)
  if (readonly || state?.isReadOnly || context.rules.lock(field.name) !== '')
    return <ReadOnlyInput id={id} field={field} record={context.values} />
  const { Input } = faceOf(field)
  const isInvalid = (context.problems[path]?.length ?? 0) > 0
  return (
    <Suspense fallback={<Skeleton width="100%" height={isPhone ? 44 : 32} />}>
      <Input
        id={id}
        field={state ? offeredOnly(field, state.refused) : field}
        value={formData}
        record={context.values}
        invalid={isInvalid}
        required={state?.isRequired ?? field.definition.required === true}
        describedBy={isInvalid || helpOf(context, field) !== undefined || state?.because ? `${id}-note` : undefined}
        label={isPointing(field) && !relatedOf(field, context.values) ? label(labelIn(context, field)) : undefined}
        onChange={(value, related) => {
          if (isPointing(field)) context.name(path, related ?? null)
          onChange(value, fieldPathId.path)
        }}
        onBlur={() => context.touch(path)}
      />
    </Suspense>
  )
}
