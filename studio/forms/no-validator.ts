/** Stands for `@rjsf/validator-ajv8`, which only the test registry of rjsf asks for. */
export default undefined
