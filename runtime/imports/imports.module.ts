import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { FilesModule } from '../files/files.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { ImportRunner } from './import-runner.js'
import { Importer } from './importer.js'
import { ImportsResolver } from './imports.resolver.js'
import { WhoImports } from './who-imports.js'

/** Records from files. */
@Module({
  imports: [AccessModule, FilesModule, PublishingModule, RecordsModule],
  providers: [ImportRunner, Importer, ImportsResolver, WhoImports],
})
export class ImportsModule {}
