import { type DynamicModule, Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { Connections } from './connections.js'
import { Feeds } from './feeds.js'
import { SocketDoor } from './socket-door.js'

/** Subscriptions to records, over WebSocket at `/graphql`. */
@Module({ imports: [AccessModule, PublishingModule, RecordsModule], providers: [Connections, Feeds, SocketDoor] })
export class SubscriptionsModule {
  /** @param records the generated API of records, whose schemas are followed */
  static with(records: DynamicModule): DynamicModule {
    return { module: SubscriptionsModule, imports: [records] }
  }
}
