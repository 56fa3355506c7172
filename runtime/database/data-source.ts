import { DataSource } from 'typeorm'
import type { DatabaseConfig } from '../config.js'
import { Account } from './entities/account.js'
import { ApiKey } from './entities/api-key.js'
import { Membership } from './entities/membership.js'
import { Session } from './entities/session.js'
import { SignInAttempt } from './entities/sign-in-attempt.js'
import { Workspace } from './entities/workspace.js'
import { Foundation1767225600000 } from './migrations/1-foundation.js'
import { Identity1795000000000 } from './migrations/2-identity.js'
import { Oversight1797000000000 } from './migrations/3-oversight.js'
import { Views1798000000000 } from './migrations/4-views.js'
import { FixedTables1799000000000 } from './migrations/5-fixed-tables.js'
import { namingClient } from './naming-client.js'
import { StatementNames } from './statement-names.js'

const tesseraMigrations = [
  Foundation1767225600000,
  Identity1795000000000,
  Oversight1797000000000,
  Views1798000000000,
  FixedTables1799000000000,
]

/** What the fixed tables of the installation can have been brought through. */
export const tesseraMigrationNames: readonly string[] = tesseraMigrations.map(({ name }) => name)

/** Statements are dropped with their connections, so that plans no longer used leave PostgreSQL too. */
const maxLifetimeSeconds = 1800

type SourceOptions = Pick<DatabaseConfig, 'replicaUrls' | 'prepares' | 'poolSize'>

/**
 * The data source of the fixed tables, not yet initialised; records use its pools.
 * @param onError told when an idle connection breaks, for example when the server stops
 */
export function createDataSource(url: string, options: SourceOptions, onError: (error: Error) => void): DataSource {
  const where =
    options.replicaUrls.length > 0
      ? { replication: { master: { url }, slaves: options.replicaUrls.map(replica => ({ url: replica })) } }
      : { url }
  const names = new StatementNames(maxLifetimeSeconds * 1000)
  return new DataSource({
    type: 'postgres',
    ...where,
    schema: 'tessera',
    entities: [Account, ApiKey, Membership, Session, SignInAttempt, Workspace],
    migrations: [...tesseraMigrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
    installExtensions: false,
    applicationName: 'tessera',
    poolSize: options.poolSize,
    poolErrorHandler: onError,
    extra: {
      maxLifetimeSeconds,
      // an old pooler refuses start-up options, and no answer depends on them
      ...(options.prepares ? { options: '-c TimeZone=UTC -c DateStyle=ISO', Client: namingClient(names) } : {}),
    },
  })
}
