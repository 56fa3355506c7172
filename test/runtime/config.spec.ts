import { describe, expect, it } from '@jest/globals'
import { ConfigError, readConfig } from '../../runtime/config.js'

describe('reading the configuration', () => {
  it('has a value for everything', () => {
    expect(readConfig({ TESSERA_DATA: '/srv/tessera' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      database: { url: null, directUrl: null, replicaUrls: [], prepares: true, folds: true, poolSize: 10 },
      cacheBytes: 268_435_456,
      dataDirectory: '/srv/tessera',
      logLevel: 'info',
      hasDemo: true,
      trustedProxies: [],
      identity: { publicUrl: null, smtpUrl: null, mailFrom: 'Tessera <tessera@localhost>', oidc: null },
      secrets: [],
    })
  })

  it('takes the direct address from the other one', () => {
    const { database } = readConfig({ DATABASE_URL: 'postgres://a@b/c', DATABASE_PREPARE: 'off' })
    expect([database.url, database.directUrl, database.prepares]).toEqual(['postgres://a@b/c', 'postgres://a@b/c', false])
  })

  it('takes a provider of identities with what it needs', () => {
    const { identity, trustedProxies } = readConfig({
      PUBLIC_URL: 'https://crm.example/',
      OIDC_ISSUER: 'https://login.example',
      OIDC_CLIENT_ID: 'tessera',
      OIDC_ROLES_BY_CLAIM: 'sales=rep, leads=manager',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    })
    expect(identity.publicUrl).toBe('https://crm.example')
    expect(identity.oidc).toEqual({
      issuer: 'https://login.example',
      clientId: 'tessera',
      clientSecret: null,
      label: 'login.example',
      joins: null,
      roles: [],
      roleClaim: null,
      roleOf: { sales: 'rep', leads: 'manager' },
    })
    expect(trustedProxies).toEqual(['10.0.0.0/8', '::1'])
    expect(() => readConfig({ OIDC_ISSUER: 'ftp://x', SMTP_URL: 'mail', TRUSTED_PROXIES: 'everybody' })).toThrow(
      /TRUSTED_PROXIES has "everybody".*SMTP_URL is no address.*OIDC_ISSUER is no address/s,
    )
    expect(readConfig({ TESSERA_SECRET: `${'n'.repeat(32)}, ${'o'.repeat(32)}` }).secrets).toEqual(['n'.repeat(32), 'o'.repeat(32)])
    expect(() => readConfig({ TESSERA_SECRET: 'short' })).toThrow(/TESSERA_SECRET has a part of fewer than 32 characters/)
    expect(() => readConfig({ OIDC_ISSUER: 'https://login.example' })).toThrow(/OIDC_CLIENT_ID is missing.*PUBLIC_URL is missing/s)
  })

  it('names all problems at once', () => {
    const read = () =>
      readConfig({ PORT: '70000', DATABASE_URL: 'mysql://x', DATABASE_POOL: 'many', LOG_LEVEL: 'loud', TESSERA_DEMO: 'yes' })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(
      [
        'The configuration has problems:',
        '  DATABASE_URL is no address of a PostgreSQL; it looks like postgres://user:password@host:5432/database.',
        '  PORT is "70000"; it must be a whole number from 0 to 65535.',
        '  DATABASE_POOL is "many"; it must be a whole number from 1 to 200.',
        '  LOG_LEVEL is "loud"; it can be fatal, error, warn, info, debug, trace, silent.',
        '  TESSERA_DEMO is "yes"; it can be on, off.',
      ].join('\n'),
    )
  })
})
