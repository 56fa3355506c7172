import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Through whose eyes an admin's session looks at a workspace, and until when. */
export class Views1798000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tessera.session add view_workspace uuid, add view_member uuid, add view_until timestamptz(3)')
  }

  async down(): Promise<void> {
    throw new Error('A session that only looks is not made one that writes')
  }
}
