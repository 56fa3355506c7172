import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { ExportWatch } from './export-watch.js'

/** Who takes how much out. */
@Module({ imports: [PublishingModule], providers: [ExportWatch], exports: [ExportWatch] })
export class ExportWatchModule {}
