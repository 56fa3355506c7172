import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How far the fixed tables of a workspace were brought, so that a start need not look into each of a thousand. */
export class FixedTables1799000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tessera.workspace add fixed_tables text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tessera.workspace drop fixed_tables')
  }
}
