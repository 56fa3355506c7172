import { Column, Entity, PrimaryColumn } from 'typeorm'

/** Which workspaces an account belongs to; what it may do there stands in the workspace's own `_member`. */
@Entity({ schema: 'tessera', name: 'membership' })
export class Membership {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string

  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
