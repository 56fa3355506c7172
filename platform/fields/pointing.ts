import type { TObject } from '@sinclair/typebox'
import type { Label } from '../label.js'
import { idClass } from './classes.js'
import { type FieldType, fieldType, type Named } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** What tells one type of relations from another. */
interface Pointing<N extends string> {
  readonly name: N
  readonly label: Label
  readonly group: FieldType['group']
  readonly sample: Label
  readonly options: TObject
  readonly relation: NonNullable<FieldType['relation']>
  /** Types whose values name the records that it points at from now on. */
  readonly converts?: FieldType['converts']
}

/** A type of fields that point at a record or a member by its id. */
export const pointing = <N extends string>(type: Pointing<N>): Named<N> =>
  fieldType({
    ...type,
    class: () => idClass,
    columns: () => [{ suffix: 'Id', type: 'uuid' }],
    writable: true,
    parse: parseId,
    fromText: idFromText,
    format: asWritten,
    schema: () => ({ type: 'string' }),
    converts: type.converts ?? {},
    examples: idExamples,
  })
