import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A long-lived token of a program that acts as a member of one workspace. The token itself is never stored. */
@Entity({ schema: 'tessera', name: 'api_key' })
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string

  /** SHA-256 of the token, in hexadecimal. */
  @Column('text', { name: 'token_hash', unique: true })
  tokenHash!: string

  @Column('text')
  name!: string

  @Column('uuid', { name: 'account_id' })
  accountId!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null

  @Column('timestamptz', { name: 'last_seen', nullable: true })
  lastSeen!: Date | null
}
