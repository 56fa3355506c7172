import { type DynamicModule, Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { ExportWatchModule } from '../audit/export-watch.module.js'
import { FilesModule } from '../files/files.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { Exporter } from './exporter.js'
import { ExportsController } from './exports.controller.js'
import { ExportsResolver } from './exports.resolver.js'

/** Records as files. */
@Module({})
export class ExportsModule {
  /** @param records the module of the records API, by which records are read as the caller may read them */
  static with(records: DynamicModule): DynamicModule {
    return {
      module: ExportsModule,
      imports: [AccessModule, ExportWatchModule, FilesModule, PublishingModule, records],
      controllers: [ExportsController],
      providers: [Exporter, ExportsResolver],
    }
  }
}
