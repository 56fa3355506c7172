import { Module } from '@nestjs/common'
import { AskedResolver } from './asked.resolver.js'
import { AskedLists } from './asked-lists.js'

/** What requests ask of lists, so that indexes can be proposed for it. */
@Module({ providers: [AskedLists, AskedResolver], exports: [AskedLists] })
export class AskedModule {}
