import type { TObject } from '@sinclair/typebox'
import type { IssueParams } from '../errors.js'
import type { Label, Locale } from '../label.js'
import type { IssueCode } from '../messages.js'
import type { ValueClass } from './classes.js'
import type { FieldDefinition } from './definition.js'

/** What a check found wrong with one value; the place is known to whoever asked. */
export interface Misfit {
  readonly code: IssueCode
  readonly params: IssueParams
}

/** A value in its contract form (null when empty), or why it cannot be one. */
export type Parsed = { readonly value: unknown } | { readonly misfit: Misfit }

/** How people's texts are read and written: language, zone of instants, today for relative words. */
export interface TextContext {
  readonly locale: Locale
  readonly timeZone: string
  /** Order of the parts in the texts of an import, such as `M/D/YYYY`; without it the unmistakable forms are read. */
  readonly dateFormat?: string
  /** ISO 4217 code for money whose currency is not its own. */
  readonly currency?: string
  /** Several currencies are in sight, so each amount names its own by code. */
  readonly mixedCurrencies?: boolean
  /** The day of the reader, `YYYY-MM-DD`: instants of its year are written without the year. */
  readonly today?: string
}

/** One column of a field: what stands behind the field's name in the column's name, and its PostgreSQL type. */
export interface ColumnShape {
  readonly suffix: string
  readonly type: string
}

/** Everything about one type of field, on every side of the product that needs no machine. */
export interface FieldType {
  readonly name: string
  readonly label: Label
  /** Where the field picker shows it. */
  readonly group: 'text' | 'number' | 'time' | 'choice' | 'people' | 'relation' | 'computed'
  /** An example value, shown in the field picker. */
  readonly sample: Label
  /** The properties that only this type takes. */
  readonly options: TObject
  /** What its values can do: filters, order, aggregates, GraphQL scalars, rule type. */
  readonly class: (field: FieldDefinition) => ValueClass
  /** Its columns; none for what is computed. */
  readonly columns: (field: FieldDefinition) => readonly ColumnShape[]
  /** Whether people and programs may write it at all. */
  readonly writable: boolean
  /** How it points at another record, if it does. */
  readonly relation?: 'lookup' | 'masterDetail' | 'hierarchy' | 'member'
  /** What is wrong with a definition beside its shape, each at the property. */
  readonly check?: (field: FieldDefinition) => readonly { readonly property: string; readonly misfit: Misfit }[]
  /** Checks an input value and brings it into its contract form. */
  readonly parse: (value: unknown, field: FieldDefinition) => Parsed
  /** Reads what a person typed or a file holds. */
  readonly fromText: (text: string, field: FieldDefinition, context: TextContext) => Parsed
  /** What a person reads. */
  readonly format: (value: unknown, field: FieldDefinition, context: TextContext) => string
  /** JSON Schema of its input, without required-ness. */
  readonly schema: (field: FieldDefinition) => Readonly<Record<string, unknown>>
  /** Types whose values it takes over on a change of type: `keeps` all, or `parses` what it can. */
  readonly converts: Readonly<Record<string, 'keeps' | 'parses'>>
  /** Definitions and values that every test of all field types runs through. */
  readonly examples: FieldExamples
}

export interface FieldExamples {
  /** Properties of the example field beside its type. */
  readonly field: Partial<FieldDefinition>
  /** Input values in ascending order, each its own contract form. */
  readonly valid: readonly unknown[]
  readonly invalid: readonly unknown[]
  /** Texts and the values they mean. */
  readonly texts: readonly (readonly [string, unknown])[]
}

/** Declares a field type; the options' shape checks what its functions read. */
export const fieldType = <N extends string>(type: Named<N>): Named<N> => Object.freeze(type)

/** A field type under its name. */
export type Named<N extends string> = FieldType & { readonly name: N }

export const fits = (value: unknown): Parsed => ({ value })
export const misfit = (code: IssueCode, params: IssueParams = {}): Parsed => ({ misfit: { code, params } })
