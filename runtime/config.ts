import { resolve } from 'node:path'

/** What the environment says, checked once at the start; nothing else reads `process.env`. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly database: DatabaseConfig
  /** Where the embedded PostgreSQL and everything else that this machine keeps lie. */
  readonly dataDirectory: string
  readonly logLevel: LogLevel
  /** Whether a first start makes the demo workspace. */
  readonly hasDemo: boolean
}

export interface DatabaseConfig {
  /** Null: start the PostgreSQL that npm ships. */
  readonly url: string | null
  /** For LISTEN, migrations and jobs, past any pooler; the same as `url` unless said. */
  readonly directUrl: string | null
  /** Read-only copies that reads may go to. */
  readonly replicaUrls: readonly string[]
  /** False behind a pooler that loses named statements. */
  readonly prepares: boolean
  /** False on a distributed PostgreSQL: the statements of a write run one by one. */
  readonly folds: boolean
  readonly poolSize: number
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** The environment cannot be used; `problems` has one line for each variable that is wrong. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : 'problems'}:\n${problems.map(problem => `  ${problem}`).join('\n')}`,
    )
  }
}

/** Reads the configuration from environment variables; throws one `ConfigError` with every problem. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { problems, text, integer, choice, flag, url } = reader(environment)
  const databaseUrl = url('DATABASE_URL')
  const config: Config = {
    host: text('HOST', '127.0.0.1'),
    port: integer('PORT', 3000, 0, 65_535),
    database: {
      url: databaseUrl,
      directUrl: url('DATABASE_DIRECT_URL') ?? databaseUrl,
      replicaUrls: text('DATABASE_REPLICA_URLS', '').split(',').filter(Boolean),
      prepares: flag('DATABASE_PREPARE', true),
      folds: flag('DATABASE_FOLD', true),
      poolSize: integer('DATABASE_POOL', 10, 1, 200),
    },
    dataDirectory: resolve(text('TESSERA_DATA', '.data')),
    logLevel: choice('LOG_LEVEL', logLevels, 'info'),
    hasDemo: flag('TESSERA_DEMO', true),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function reader(environment: Readonly<Record<string, string | undefined>>) {
  const problems: string[] = []
  const text = (name: string, byDefault: string) => environment[name]?.trim() || byDefault
  const choice = <T extends string>(name: string, values: readonly T[], byDefault: T): T => {
    const said = text(name, byDefault)
    const found = values.find(value => value === said)
    if (!found) problems.push(`${name} is "${said}"; it can be ${values.join(', ')}.`)
    return found ?? byDefault
  }
  const integer = (name: string, byDefault: number, least: number, most: number) => {
    const said = text(name, String(byDefault))
    const value = Number(said)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    problems.push(`${name} is "${said}"; it must be a whole number from ${least} to ${most}.`)
    return byDefault
  }
  const flag = (name: string, byDefault: boolean) => choice(name, ['on', 'off'], byDefault ? 'on' : 'off') === 'on'
  const url = (name: string) => {
    const said = text(name, '')
    if (!said) return null
    if (/^postgres(ql)?:\/\//.test(said) && URL.canParse(said)) return said
    problems.push(`${name} is no address of a PostgreSQL; it looks like postgres://user:password@host:5432/database.`)
    return null
  }
  return { problems, text, integer, choice, flag, url }
}
