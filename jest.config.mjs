/** The long suite (full-size random tests, kill rounds, soaks) lives in `*.long.ts` files. */
const isLong = process.env.TESSERA_TEST_LONG === 'on'

export default {
  roots: ['<rootDir>/test'],
  testMatch: isLong ? ['**/*.long.ts?(x)'] : ['**/*.spec.ts?(x)'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/(platform|runtime|studio)/dist/'],
  runtime: '<rootDir>/test/support/modules/runtime.cjs',
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  workerIdleMemoryLimit: '1.2GB',
  testTimeout: isLong ? 1_800_000 : 180_000,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
}
