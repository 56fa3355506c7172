import { Module } from '@nestjs/common'
import { OutboxSignal } from './outbox-signal.js'
import { Writer } from './writer.js'

/** Writing records, for every way in. */
@Module({ providers: [OutboxSignal, Writer], exports: [OutboxSignal, Writer] })
export class RecordsModule {}
