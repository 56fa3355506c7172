import { Column, Entity, PrimaryColumn } from 'typeorm'

/** How often something that can be guessed was tried lately. */
@Entity({ schema: 'tessera', name: 'sign_in_attempt' })
export class SignInAttempt {
  /** SHA-256 over what is counted: an account, a network, both together. */
  @PrimaryColumn('text')
  key!: string

  @Column('integer')
  failures!: number

  @Column('timestamptz')
  since!: Date
}
