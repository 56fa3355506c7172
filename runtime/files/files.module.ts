import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { DatabaseFileStore } from './database-file-store.js'
import { FileAccess } from './file-access.js'
import { FileStore } from './file-store.js'
import { FilesController } from './files.controller.js'

/** Uploading and reading files. */
@Module({
  imports: [AccessModule, PublishingModule],
  controllers: [FilesController],
  providers: [FileAccess, { provide: FileStore, useClass: DatabaseFileStore }],
  exports: [FileStore],
})
export class FilesModule {}
