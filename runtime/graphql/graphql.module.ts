import { type DynamicModule, Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { AccessModule } from '../access/access.module.js'
import { AskedModule } from '../asked/asked.module.js'
import { DraftsModule } from '../drafts/drafts.module.js'
import type { ReportBug } from '../error-answer.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { UsageModule } from '../usage/usage.module.js'
import { BugReport } from './bug-report.js'
import { RecordsDriver, type RecordsDriverOptions } from './records-driver.js'
import { RecordsEndpoint } from './records-endpoint.js'
import { RecordsReader } from './records-reader.js'
import { SchemaEntries } from './schema-entries.js'

/** The generated API of records at `/graphql`. */
@Module({})
export class RecordsApiModule {
  static with(report: ReportBug): DynamicModule {
    const endpoint: DynamicModule = {
      module: EndpointModule,
      providers: [{ provide: BugReport, useValue: new BugReport(report) }],
      exports: [BugReport],
    }
    return {
      module: RecordsApiModule,
      exports: [endpoint],
      imports: [
        endpoint,
        GraphQLModule.forRootAsync<RecordsDriverOptions>({
          driver: RecordsDriver,
          imports: [endpoint],
          inject: [RecordsEndpoint],
          useFactory: (records: RecordsEndpoint) => ({ path: '/graphql', endpoint: records }),
        }),
      ],
    }
  }
}

@Module({
  imports: [AccessModule, AskedModule, DraftsModule, PublishingModule, RecordsModule, UsageModule],
  providers: [RecordsEndpoint, RecordsReader, SchemaEntries],
  exports: [RecordsEndpoint, RecordsReader, SchemaEntries],
})
class EndpointModule {}
