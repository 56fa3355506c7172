/**
 * Who may import whom. Rooms stand in their order: a room imports rooms to its left, never back.
 * The same lists are drawn in the README's page on architecture.
 */
const platformRooms = [
  'label.ts',
  'messages.ts',
  'errors.ts',
  'registry.ts',
  'sql',
  'rules',
  'fields',
  'actions',
  'charts',
  'definitions',
  'model',
  'tables',
  'query',
  'access',
  'forms',
  'records',
  'workflows',
  'reports',
  'editing',
]
const studioRooms = ['i18n', 'api', 'ui', 'fields', 'charts', 'forms', 'views', 'reports', 'dashboards', 'builder', 'account', 'shell']
const platformLibraries = ['@cfworker/json-schema', '@sinclair/typebox', 'ajv', 'json-logic-js', 'decimal.js']

const pattern = (workspace, rooms) => `^${workspace}/(${rooms.map(room => room.replace('.', '\\.')).join('|')})(/|$)`

const roomOrder = (workspace, rooms) =>
  rooms.slice(0, -1).map((room, index) => ({
    name: `${workspace}-${room.replace('.ts', '')}-only-left`,
    comment: `${workspace}/${room} imports only rooms to its left.`,
    severity: 'error',
    from: { path: pattern(workspace, [room]) },
    to: { path: pattern(workspace, rooms.slice(index + 1)) },
  }))

const never = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    never('no-cycle', {}, { circular: true }, 'No import cycles, types included.'),
    never('nobody-imports-test', { pathNot: '^test/' }, { path: '^test/' }, 'Nobody imports test.'),
    never(
      'data-imports-nothing',
      { path: '^(metadata|seeds)/' },
      { pathNot: '^seeds/', dependencyTypesNot: ['core'] },
      'Metadata and seeds are data; the generator of the seeds stands with them.',
    ),
    never(
      'platform-is-pure',
      { path: '^platform/' },
      {
        pathNot: ['^platform/', `node_modules/(${platformLibraries.join('|')})/`],
      },
      'The platform depends on itself and five libraries; no Node, no browser.',
    ),
    never(
      'platform-has-known-rooms',
      { path: '^platform/', pathNot: [pattern('platform', platformRooms), '^platform/dist/'] },
      {},
      'A new room of the platform takes its place in the order first.',
    ),
    never(
      'runtime-not-studio',
      { path: '^runtime/' },
      { path: '^(studio|test|bench|metadata|seeds)/' },
      'The runtime imports the platform only.',
    ),
    never(
      'studio-not-runtime',
      { path: '^studio/' },
      { path: '^(runtime|test|bench|metadata|seeds)/' },
      'The studio imports the platform only.',
    ),
    never(
      'studio-without-node',
      { path: '^studio/', pathNot: '^studio/vite\\.config\\.ts$' },
      { dependencyTypes: ['core'] },
      'The studio runs in a browser.',
    ),
    never(
      'resolvers-are-private',
      { path: '^runtime/([^/]+)/' },
      { path: '^runtime/[^/]+/[^/]+\\.resolver\\.ts$', pathNot: '^runtime/$1/' },
      'A room reaches another through what its module exports.',
    ),
    ...roomOrder('platform', platformRooms),
    ...roomOrder('studio', studioRooms),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^(platform|runtime|studio)/dist/'] },
    exclude: { path: ['^(platform|runtime|studio)/dist/.*\\.tsbuildinfo$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
}
