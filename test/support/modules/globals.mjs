/** Jest's functions as a spec file imports them; modules outlive spec files, so those of the one that runs are put here. */
export let afterAll
export let afterEach
export let beforeAll
export let beforeEach
export let describe
export let expect
export let it
export let jest
export let test

export function give(functions) {
  ;({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = functions)
}
