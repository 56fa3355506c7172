import { Column, Entity, PrimaryColumn } from 'typeorm'

/** How often a sign-in failed lately, for one e-mail address from one network address. */
@Entity({ schema: 'tessera', name: 'sign_in_attempt' })
export class SignInAttempt {
  /** SHA-256 over e-mail and network address. */
  @PrimaryColumn('text')
  key!: string

  @Column('integer')
  failures!: number

  @Column('timestamptz')
  since!: Date
}
