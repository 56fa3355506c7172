import type { MigrationInterface, QueryRunner } from 'typeorm'

/** When exports are told to admins and when they are stopped; how long what was deleted can be restored. */
export class Oversight1797000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table tessera.workspace
      add export_alert integer not null default 10000,
      add export_alert_sensitive integer not null default 1000,
      add export_block boolean not null default false,
      add bin_days integer not null default 30`)
  }

  async down(): Promise<void> {
    throw new Error('What was set is not thrown away')
  }
}
