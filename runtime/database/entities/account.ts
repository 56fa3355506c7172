import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A person who can sign in; in each workspace they are a member of their own. */
@Entity({ schema: 'tessera', name: 'account' })
export class Account {
  @PrimaryColumn('uuid')
  id!: string

  /** In small letters. */
  @Column('text', { unique: true })
  email!: string

  @Column('text', { name: 'password_hash' })
  passwordHash!: string

  @Column('text')
  name!: string

  @Column('text')
  locale!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null
}
