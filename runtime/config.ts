import { resolve } from 'node:path'
import { isNetwork } from './access/networks.js'

/** What the environment says, checked once at the start; nothing else reads `process.env`. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly database: DatabaseConfig
  /** Where the embedded PostgreSQL and everything else that this machine keeps lie. */
  readonly dataDirectory: string
  readonly logLevel: LogLevel
  /** So many bytes of models, schemas, documents and plans are kept, by estimate. */
  readonly cacheBytes: number
  /** Whether a first start makes the demo workspace. */
  readonly hasDemo: boolean
  /** Addresses and networks of proxies whose `X-Forwarded-…` are believed; none unless said. */
  readonly trustedProxies: readonly string[]
  readonly identity: IdentityConfig
  /** What secrets in the database are sealed with: the first seals, all open. None: a file in the data directory. */
  readonly secrets: readonly string[]
}

/** How people get in from outside: the address of links, mails, a provider of identities. */
export interface IdentityConfig {
  /** What people type to come here, without a slash at the end; null: where the server listens. */
  readonly publicUrl: string | null
  /** Null: no mails; whoever invites hands the link over. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly oidc: OidcConfig | null
}

/** A provider of OpenID Connect. */
export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** What the button on the first page calls it. */
  readonly label: string
  /** The workspace that people join who have no account yet; null: nobody joins by themselves. */
  readonly joins: string | null
  /** The roles of who joins and has none by the claim. */
  readonly roles: readonly string[]
  /** The claim that names groups, when roles follow from it at every sign-in. */
  readonly roleClaim: string | null
  /** From a value of that claim to a role. */
  readonly roleOf: Readonly<Record<string, string>>
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

/** As long as 24 random bytes in base64. */
const leastSecret = 32

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
  const read = reader(environment)
  const { problems, text, list, integer, choice, flag, url } = read
  const databaseUrl = url('DATABASE_URL')
  const config: Config = {
    host: text('HOST', '127.0.0.1'),
    port: integer('PORT', 3000, 0, 65_535),
    database: {
      url: databaseUrl,
      directUrl: url('DATABASE_DIRECT_URL') ?? databaseUrl,
      replicaUrls: list('DATABASE_REPLICA_URLS'),
      prepares: flag('DATABASE_PREPARE', true),
      folds: flag('DATABASE_FOLD', true),
      poolSize: integer('DATABASE_POOL', 10, 1, 200),
    },
    dataDirectory: resolve(text('TESSERA_DATA', '.data')),
    cacheBytes: integer('CACHE_MB', 256, 8, 16_384) * 1_048_576,
    logLevel: choice('LOG_LEVEL', logLevels, 'info'),
    hasDemo: flag('TESSERA_DEMO', true),
    trustedProxies: list('TRUSTED_PROXIES').filter(
      proxy => isNetwork(proxy) || !problems.push(`TRUSTED_PROXIES has "${proxy}"; it lists addresses and networks, such as 10.0.0.0/8.`),
    ),
    identity: identityOf(read),
    secrets: list('TESSERA_SECRET').filter(
      secret =>
        secret.length >= leastSecret ||
        !problems.push(`TESSERA_SECRET has a part of fewer than ${leastSecret} characters; \`openssl rand -base64 32\` makes a good one.`),
    ),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function reader(environment: Readonly<Record<string, string | undefined>>) {
  const problems: string[] = []
  const text = (name: string, byDefault: string) => environment[name]?.trim() || byDefault
  const list = (name: string) =>
    text(name, '')
      .split(',')
      .map(part => part.trim())
      .filter(Boolean)
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
  const address = (name: string, schemes: readonly string[], example: string) => {
    const said = text(name, '')
    if (!said || (URL.canParse(said) && schemes.includes(new URL(said).protocol))) return said.replace(/\/+$/, '') || null
    problems.push(`${name} is no address that can be used here; it looks like ${example}.`)
    return null
  }
  return { problems, text, list, integer, choice, flag, url, address }
}

function identityOf(read: ReturnType<typeof reader>): IdentityConfig {
  const { problems, text, address } = read
  const publicUrl = address('PUBLIC_URL', ['http:', 'https:'], 'https://crm.example.org')
  const mailFrom = text('MAIL_FROM', 'Tessera <tessera@localhost>')
  if (/[\r\n]/.test(mailFrom)) problems.push('MAIL_FROM has more than one line.')
  return {
    publicUrl,
    smtpUrl: address('SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org'),
    mailFrom,
    oidc: oidcOf(read, publicUrl),
  }
}

function oidcOf({ problems, text, list, address }: ReturnType<typeof reader>, publicUrl: string | null): OidcConfig | null {
  const issuer = address('OIDC_ISSUER', ['http:', 'https:'], 'https://login.example.org')
  if (!issuer) return null
  const clientId = text('OIDC_CLIENT_ID', '')
  if (!clientId) problems.push('OIDC_CLIENT_ID is missing; the provider names it when this server is registered there.')
  if (!publicUrl) problems.push('PUBLIC_URL is missing; the provider sends people back to it.')
  const pairs = list('OIDC_ROLES_BY_CLAIM').map(pair => pair.split('='))
  if (pairs.some(pair => pair.length !== 2)) problems.push('OIDC_ROLES_BY_CLAIM looks like sales-team=rep,sales-leads=manager.')
  return {
    issuer,
    clientId,
    clientSecret: text('OIDC_CLIENT_SECRET', '') || null,
    label: text('OIDC_LABEL', new URL(issuer).host),
    joins: text('OIDC_JOINS', '') || null,
    roles: list('OIDC_ROLES'),
    roleClaim: text('OIDC_ROLE_CLAIM', '') || null,
    roleOf: Object.fromEntries(pairs.map(([value = '', role = '']) => [value.trim(), role.trim()])),
  }
}
