import type { TObject } from '@sinclair/typebox'
import type { Issue } from '../errors.js'
import type { Label } from '../label.js'
import type { TypeScope } from '../rules/check.js'
import type { RuleType } from '../rules/types.js'

/** One thing that the runtime must do, as a value. */
export type Effect = { readonly effect: 'create'; readonly object: string; readonly values: Readonly<Record<string, unknown>> }

/** Where a step stands when its definition is checked. */
export interface StepPlace {
  readonly path: string
  /** What rules of the step may read: the record, `before`, `user`, `now`, `today`. */
  readonly scope: TypeScope
  /** The writable values of an object, by key and field name, with their rule types; null when there is no such object. */
  readonly inputsOf: (object: string) => Readonly<Record<string, RuleType>> | null
  /** The fields of an object that point at one of several objects, each with the input that names the object. */
  readonly kindsOf: (object: string) => Readonly<Record<string, string>>
}

/** What a step knows when it runs. */
export interface StepRun {
  /** The value of a rule over the event's record; the result in contract form of `expected`. */
  readonly evaluate: (rule: unknown, expected: RuleType) => unknown
  readonly inputsOf: StepPlace['inputsOf']
}

/** A step as its definition has it. */
export type Step = Readonly<{ do: string } & Record<string, unknown>>

/** A kind of deed: how its options are checked, and which effects it comes to. */
export interface Action {
  readonly name: string
  readonly label: Label
  readonly options: TObject
  readonly check: (step: Step, place: StepPlace) => readonly Issue[]
  readonly plan: (step: Step, run: StepRun) => readonly Effect[]
}

/** Declares an action. */
export const action = <N extends string>(declared: Action & { readonly name: N }): Action & { readonly name: N } => Object.freeze(declared)
