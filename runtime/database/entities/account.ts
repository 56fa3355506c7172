import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A person who can sign in; in each workspace they are a member of their own. */
@Entity({ schema: 'tessera', name: 'account' })
export class Account {
  @PrimaryColumn('uuid')
  id!: string

  /** In small letters. */
  @Column('text', { unique: true })
  email!: string

  /** Null for who signs in another way, or not at all. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null

  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt!: Date | null

  /** Somebody else knows the password: it has to be changed before anything else. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword!: boolean

  /** What codes of the second factor are computed from, in base32, sealed for the account. */
  @Column('text', { name: 'totp_secret', nullable: true })
  totpSecret!: string | null

  /** Null until a first code showed that the secret arrived. */
  @Column('timestamptz', { name: 'totp_confirmed_at', nullable: true })
  totpConfirmedAt!: Date | null

  /** Acts by API keys only, and never signs in. */
  @Column('boolean', { default: false })
  service!: boolean

  @Column('text')
  name!: string

  @Column('text')
  locale!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null
}
