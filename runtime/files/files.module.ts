import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { DatabaseFileStore } from './database-file-store.js'
import { FileStore } from './file-store.js'
import { FilesController } from './files.controller.js'

/** Uploading and reading files. */
@Module({
  imports: [AccessModule],
  controllers: [FilesController],
  providers: [{ provide: FileStore, useClass: DatabaseFileStore }],
  exports: [FileStore],
})
export class FilesModule {}
