import { Column, Entity, PrimaryColumn } from 'typeorm'

/** One organisation's separate world; its records lie in the schema `w_<slug>`. */
@Entity({ schema: 'tessera', name: 'workspace' })
export class Workspace {
  @PrimaryColumn('uuid')
  id!: string

  @Column('text', { unique: true })
  slug!: string

  @Column('text')
  name!: string

  @Column('text')
  locale!: string

  @Column('text', { name: 'time_zone' })
  timeZone!: string

  /** ISO 4217. */
  @Column('text')
  currency!: string

  /** The month in which the fiscal year begins, 1 to 12. */
  @Column('integer', { name: 'fiscal_year_start' })
  fiscalYearStart!: number

  /** 1 is Monday, 7 is Sunday. */
  @Column('integer', { name: 'first_weekday' })
  firstWeekday!: number

  /** Made with demo data. */
  @Column('boolean')
  demo!: boolean

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  /** The fewest characters of a password. */
  @Column('integer', { name: 'password_least', default: 12 })
  passwordLeast!: number

  /** Minutes after which a session that is not used ends. */
  @Column('integer', { name: 'session_idle', default: 43_200 })
  sessionIdle!: number

  /** Days after which every session ends. */
  @Column('integer', { name: 'session_days', default: 90 })
  sessionDays!: number

  /** Whether everybody needs a second factor. */
  @Column('boolean', { name: 'second_factor', default: false })
  secondFactor!: boolean

  /** The roles whose members need a second factor. */
  @Column('text', { name: 'second_factor_roles', array: true, default: () => "'{}'" })
  secondFactorRoles!: string[]

  /** Rows that a member exports within a day before admins are told; 0 for never. */
  @Column('integer', { name: 'export_alert', default: 10_000 })
  exportAlert!: number

  /** The same, of rows with a value that some role sees masked. */
  @Column('integer', { name: 'export_alert_sensitive', default: 1_000 })
  exportAlertSensitive!: number

  /** Whether an export beyond these numbers is refused. */
  @Column('boolean', { name: 'export_block', default: false })
  exportBlock!: boolean

  /** Days for which what was deleted can be restored. */
  @Column('integer', { name: 'bin_days', default: 30 })
  binDays!: number

  /** How far its fixed tables were brought; equal to `fixedTablesNow` when they are up to date. */
  @Column('text', { name: 'fixed_tables', nullable: true, select: false })
  fixedTables?: string | null
}
