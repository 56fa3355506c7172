import { type DynamicModule, Module } from '@nestjs/common'
import { AccessModule, SealingModule } from './access/access.module.js'
import { AskedModule } from './asked/asked.module.js'
import { AuditModule } from './audit/audit.module.js'
import { CheckingModule } from './checking/checking.module.js'
import type { Config } from './config.js'
import type { Database } from './database/database.js'
import { DatabaseModule } from './database/database.module.js'
import { DeletingModule } from './deleting/deleting.module.js'
import { DraftsModule } from './drafts/drafts.module.js'
import type { ReportBug } from './error-answer.js'
import { ExportsModule } from './exports/exports.module.js'
import { FilesModule } from './files/files.module.js'
import { RecordsApiModule } from './graphql/graphql.module.js'
import { ImportsModule } from './imports/imports.module.js'
import { KeysModule } from './keys/keys.module.js'
import { MailModule } from './mail/mail.module.js'
import { MembersModule } from './members/members.module.js'
import { MemoryModule } from './memory/memory.module.js'
import { MergingModule } from './merging/merging.module.js'
import { OidcModule } from './oidc/oidc.module.js'
import { PackagesModule } from './packages/packages.module.js'
import { platformApi } from './platform-api.js'
import { RatesModule } from './rates/rates.module.js'
import { RecomputingModule } from './recomputing/recomputing.module.js'
import { RecycleBinModule } from './recycle-bin/recycle-bin.module.js'
import { RightsModule } from './rights/rights.module.js'
import { SeedingModule } from './seeding/seeding.module.js'
import { StatesModule } from './states/states.module.js'
import { SubscriptionsModule } from './subscriptions/subscriptions.module.js'
import { UsageModule } from './usage/usage.module.js'
import { ViewsModule } from './views/views.module.js'
import { WhyModule } from './why/why.module.js'
import { WorkflowsModule } from './workflows/workflows.module.js'

/** All rooms of the runtime. */
@Module({})
export class AppModule {
  static with(config: Config, database: Database, report: ReportBug): DynamicModule {
    const records = RecordsApiModule.with(report)
    return {
      module: AppModule,
      imports: [
        DatabaseModule.with(database),
        MemoryModule.with(config.cacheBytes),
        MailModule.with(config),
        SealingModule.with(config),
        AccessModule,
        records,
        AskedModule,
        AuditModule,
        CheckingModule,
        DeletingModule,
        DraftsModule,
        ExportsModule.with(records),
        FilesModule,
        ImportsModule,
        KeysModule,
        MembersModule,
        OidcModule.with(config.identity),
        PackagesModule,
        ViewsModule,
        WorkflowsModule,
        RatesModule,
        RecomputingModule,
        RecycleBinModule,
        RightsModule,
        SeedingModule,
        StatesModule,
        SubscriptionsModule.with(records),
        UsageModule,
        MergingModule,
        WhyModule,
        platformApi(report),
      ],
    }
  }
}
