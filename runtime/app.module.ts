import { type DynamicModule, Module } from '@nestjs/common'
import { AccessModule } from './access/access.module.js'
import type { Database } from './database/database.js'
import { DatabaseModule } from './database/database.module.js'
import { DeletingModule } from './deleting/deleting.module.js'
import type { ReportBug } from './error-answer.js'
import { ExportsModule } from './exports/exports.module.js'
import { FilesModule } from './files/files.module.js'
import { RecordsApiModule } from './graphql/graphql.module.js'
import { ImportsModule } from './imports/imports.module.js'
import { MergingModule } from './merging/merging.module.js'
import { platformApi } from './platform-api.js'
import { RatesModule } from './rates/rates.module.js'
import { RecomputingModule } from './recomputing/recomputing.module.js'
import { RightsModule } from './rights/rights.module.js'
import { SeedingModule } from './seeding/seeding.module.js'
import { StatesModule } from './states/states.module.js'
import { ViewsModule } from './views/views.module.js'
import { WhyModule } from './why/why.module.js'
import { WorkflowsModule } from './workflows/workflows.module.js'

/** All rooms of the runtime. */
@Module({})
export class AppModule {
  static with(database: Database, report: ReportBug): DynamicModule {
    const records = RecordsApiModule.with(report)
    return {
      module: AppModule,
      imports: [
        DatabaseModule.with(database),
        AccessModule,
        records,
        DeletingModule,
        ExportsModule.with(records),
        FilesModule,
        ImportsModule,
        ViewsModule,
        WorkflowsModule,
        RatesModule,
        RecomputingModule,
        RightsModule,
        SeedingModule,
        StatesModule,
        MergingModule,
        WhyModule,
        platformApi(report),
      ],
    }
  }
}
