import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A signed-in browser or program. The token itself is never stored. */
@Entity({ schema: 'tessera', name: 'session' })
export class Session {
  @PrimaryColumn('uuid')
  id!: string

  /** SHA-256 of the token, in hexadecimal. */
  @Column('text', { name: 'token_hash', unique: true })
  tokenHash!: string

  @Column('uuid', { name: 'account_id' })
  accountId!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date

  @Column('timestamptz', { name: 'last_seen' })
  lastSeen!: Date

  @Column('text', { nullable: true })
  address!: string | null

  /** What the browser or program calls itself. */
  @Column('text', { nullable: true })
  device!: string | null

  @Column('text')
  method!: SignInMethod
}

/** How a session began: by password, or by a provider of identities. */
export type SignInMethod = 'password' | 'oidc'
