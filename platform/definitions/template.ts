import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const part = Type.Unsafe<Readonly<Record<string, unknown>>>(Type.Object({}, { description: 'A definition as its own file would have it' }))

/** An object to start from, with its forms, lists and reports: nothing of it lives before somebody takes it. */
export const template = kind('template', 'templates', {
  template: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  icon: Type.Optional(Type.String({ maxLength: 60 })),
  elements: Type.Array(part, { minItems: 1, maxItems: 40, description: 'One object first, then what is for it' }),
})
/** The shape of every definition inside of a template; which it has besides says its kind. */
export const partShape: TSchema = template.shape.properties.elements.items
export type TemplateDefinition = Static<typeof template.shape>

/** The kinds of definitions that a template may hold. */
export const partKinds: readonly string[] = ['object', 'form', 'view', 'report']
