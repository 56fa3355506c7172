type Schema = Readonly<Record<string, unknown>>

const optional = Symbol('optional')

const isOptional = (schema: object): boolean => Object.hasOwn(schema, optional)

/**
 * Stands for `@sinclair/typebox` in the browser: the same JSON Schema out of the same words, without the fifteen kilobytes
 * of its other tools. The platform's shapes use no more than this; the tests compare it with the real one.
 */
export const Type = {
  String: (options: Schema = {}) => ({ ...options, type: 'string' }),
  Number: (options: Schema = {}) => ({ ...options, type: 'number' }),
  Integer: (options: Schema = {}) => ({ ...options, type: 'integer' }),
  Boolean: (options: Schema = {}) => ({ ...options, type: 'boolean' }),
  Unknown: (options: Schema = {}) => ({ ...options }),
  Unsafe: (schema: Schema = {}) => ({ ...schema }),
  Literal: (value: string | number | boolean, options: Schema = {}) => ({ ...options, const: value, type: typeof value }),
  Array: (items: Schema, options: Schema = {}) => ({ ...options, type: 'array', items }),
  Union: (anyOf: readonly Schema[], options: Schema = {}) =>
    anyOf.length === 1 && anyOf[0] ? { ...anyOf[0], ...options } : { ...options, anyOf },
  Record: (_key: Schema, value: Schema, options: Schema = {}) => ({ ...options, type: 'object', patternProperties: { '^(.*)$': value } }),
  Optional: (schema: Schema) => ({ ...schema, [optional]: true }),
  Object: (properties: Readonly<Record<string, Schema>>, options: Schema = {}) => {
    const required = Object.keys(properties).filter(key => !isOptional(properties[key] ?? {}))
    return { ...options, type: 'object', ...(required.length > 0 ? { required } : {}), properties }
  },
}
