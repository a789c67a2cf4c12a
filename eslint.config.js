import boundaries from 'eslint-plugin-boundaries'
import next from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'

// Which part of the house a file belongs to. The first pattern that fits decides.
const PARTS = {
  tests: 'tests/**',
  app: ['app/**', 'proxy.ts', 'instrumentation.ts'],
  components: 'components/**',
  database: ['lib/db.ts', 'lib/listen.ts', 'lib/hold-lock.ts', 'lib/generated/**'],
  'sql-errors': ['lib/sql-state.ts', 'lib/end-statements-after.ts', 'lib/is-out-of-reach.ts'],
  process: ['lib/env.ts', 'lib/log.ts'],
  format: 'lib/format.ts',
  pure: 'lib/*.ts',
  'event-choice': [
    'lib/event-log/count-quickly.ts',
    'lib/event-log/event-condition.ts',
    'lib/event-log/is-of-deleted-message.ts',
  ],
  ...Object.fromEntries(
    [
      ...[
        'archive',
        'auth',
        'cli',
        'event-filter',
        'event-log',
        'export',
        'fetching',
        'list-view',
        'live',
        'projections',
      ],
      ...[
        'projector',
        'queries',
        'read-model',
        'receiver',
        'replay',
        'rooms',
        'runtime',
        'samples',
      ],
      ...['redelivery', 'saved-views', 'schemas'],
    ].map((folder) => [folder, `lib/${folder}/**`]),
  ),
}

const BASE = ['process', 'pure', 'format', 'schemas']

// Who may import whom, besides its own part. What is not written here is refused.
const MAY_IMPORT = {
  app: [
    ...BASE,
    'components',
    'archive',
    'auth',
    'cli',
    'event-filter',
    'event-log',
    'fetching',
    'export',
    'list-view',
    'live',
    'queries',
    'receiver',
    'redelivery',
    'replay',
    'rooms',
    'samples',
    'saved-views',
    'sql-errors',
    'runtime',
  ],
  components: ['format', 'list-view', 'event-filter'],
  // What an address of a list says: read by the server, written by links in the browser.
  'list-view': ['pure'],
  // Which events somebody means: the same for addresses, runs and command lines.
  'event-filter': ['pure', 'schemas'],
  // What that is in SQL, for those who read and those who write.
  'event-choice': ['database', 'sql-errors', 'pure', 'event-filter', 'event-log'],
  // How rows become a file; whose rows they are it does not know.
  export: [],
  process: [],
  pure: [],
  format: [],
  schemas: ['pure'],
  database: BASE,
  // How a statement came to nothing, for those as well who ask none themselves.
  'sql-errors': ['database'],
  auth: [...BASE, 'database'],
  'event-log': [...BASE, 'database', 'sql-errors', 'event-choice', 'event-filter'],
  receiver: [...BASE, 'sql-errors', 'event-log'],
  // No clock, no network, no database: a fold of an event must come out the same every time.
  projections: ['pure', 'schemas'],
  'read-model': [...BASE, 'database', 'projections'],
  projector: [...BASE, 'database', 'sql-errors', 'event-log', 'projections', 'read-model'],
  replay: [
    ...BASE,
    'database',
    'event-choice',
    'event-filter',
    'event-log',
    'projections',
    'projector',
    'read-model',
    'sql-errors',
  ],
  // The one way to what others name: it knows neither what is fetched nor what for.
  fetching: ['pure'],
  archive: [...BASE, 'database', 'fetching'],
  redelivery: [...BASE, 'database', 'auth', 'event-choice', 'event-filter', 'fetching'],
  // Reading never depends on the ways of writing.
  queries: [
    ...BASE,
    'database',
    'auth',
    'event-choice',
    'event-filter',
    'export',
    'list-view',
    'projections',
    'sql-errors',
  ],
  samples: [...BASE],
  'saved-views': [...BASE, 'database', 'list-view'],
  // Tells open pages what has changed. It knows neither who changes things nor what is shown of them.
  live: [...BASE, 'database'],
  // What readers leave behind in rooms: neither received nor projected, and no query writes.
  rooms: [...BASE, 'database', 'auth'],
  runtime: [
    ...BASE,
    'archive',
    'database',
    'event-filter',
    'live',
    'receiver',
    'redelivery',
    'event-log',
    'projector',
    'read-model',
    'replay',
  ],
  cli: Object.keys(PARTS).filter((part) => !['app', 'components', 'tests'].includes(part)),
  tests: Object.keys(PARTS),
}

// A type costs nothing at run time and couples less: these may name each other's.
const MAY_IMPORT_TYPES = {
  components: ['queries', 'auth', 'live', 'schemas'],
  projections: ['event-log', 'read-model'],
  'read-model': ['event-log'],
  queries: ['event-log', 'replay'],
}

const policies = [
  ...Object.entries(MAY_IMPORT).map(([part, others]) => ({
    from: { file: { categories: part } },
    allow: { to: { file: { categories: { anyOf: [part, ...others] } } } },
  })),
  ...Object.entries(MAY_IMPORT_TYPES).map(([part, others]) => ({
    from: { file: { categories: part } },
    allow: { to: { file: { categories: { anyOf: others } } }, dependency: { kind: 'type' } },
  })),
]

// Also as process['env'] and as const { env } = process.
const NO_ENVIRONMENT = [
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.name='process'][property.value='env']",
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
].map((selector) => ({
  selector,
  message: 'Only lib/env.ts reads process.env: there one schema checks it when Waggle starts.',
}))

export default tseslint.config(
  { ignores: ['node_modules', '.next', 'lib/generated', 'test-results', 'next-env.d.ts'] },
  ...next,
  ...tseslint.configs.recommended,
  {
    plugins: { boundaries },
    settings: {
      'boundaries/files': Object.entries(PARTS).map(([category, pattern]) => ({
        category,
        pattern,
        stopMatching: true,
      })),
      'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import', 'require'],
      'import/resolver': { typescript: { alwaysTryTypes: true } },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-syntax': ['error', ...NO_ENVIRONMENT],
    },
  },
  {
    files: ['app/**', 'components/**', 'lib/**', 'tests/**', 'proxy.ts', 'instrumentation.ts'],
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies }],
    },
  },
  {
    // What talks to Postgres: the pool, the runtime that starts and migrates it, the tests.
    files: ['app/**', 'components/**', 'lib/**'],
    ignores: [
      'lib/db.ts',
      'lib/listen.ts',
      'lib/hold-lock.ts',
      'lib/generated/**',
      'lib/cli/**',
      'lib/runtime/**',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@prisma/*', 'pg', 'pg/*', 'node:process', 'process'],
              message:
                'The database is reached through lib/db.ts, the environment through lib/env.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['lib/env.ts', 'tests/support/**', 'tests/bench/**', '*.config.{js,ts}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Playwright's fixtures are handed on with a function that is called `use`, which is no React hook.
    files: ['tests/e2e/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
)
