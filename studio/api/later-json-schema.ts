type Whole = typeof import('../../node_modules/@cfworker/json-schema/dist/esm/validator.js')
type Arguments = ConstructorParameters<Whole['Validator']>

let whole: Whole | undefined

/** Brings the package: at once where schemas are written, else with the first value that has one. */
export const loadJsonSchema = async (): Promise<Whole> => {
  whole ??= await import('../../node_modules/@cfworker/json-schema/dist/esm/validator.js')
  return whole
}

/**
 * Stands for `@cfworker/json-schema` in the browser, where few fields have a schema of their own: the package comes when the
 * first of them is checked, and until it is here everything passes. The server checks in any case.
 */
export class Validator {
  #own: InstanceType<Whole['Validator']> | undefined

  constructor(...args: Arguments) {
    if (whole) this.#own = new whole.Validator(...args)
    else
      void loadJsonSchema().then(({ Validator: Own }) => {
        this.#own = new Own(...args)
      })
  }

  /** What the schema says of a value; that it fits, as long as nobody is here to say it. */
  validate(value: unknown): ReturnType<InstanceType<Whole['Validator']>['validate']> {
    return this.#own?.validate(value) ?? { valid: true, errors: [] }
  }
}
