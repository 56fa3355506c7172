import { Module } from '@nestjs/common'
import { Writer } from './writer.js'

/** Writing records, for every way in. */
@Module({ providers: [Writer], exports: [Writer] })
export class RecordsModule {}
