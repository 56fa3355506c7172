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

  @Column('text', { name: 'last_address', nullable: true })
  lastAddress!: string | null

  /** The account that made it. */
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null

  /** The first letters of the token, to tell keys apart. */
  @Column('text', { nullable: true })
  start!: string | null

  /** The objects it may touch, and of each the fields, or null for all of them; null for everything that its member may. */
  @Column('json', { nullable: true })
  objects!: Readonly<Record<string, readonly string[] | null>> | null

  @Column('boolean', { name: 'may_write', default: true })
  mayWrite!: boolean

  /** Networks it may be used from, such as `10.0.0.0/8`; none means all. */
  @Column('text', { array: true })
  addresses!: string[]
}
