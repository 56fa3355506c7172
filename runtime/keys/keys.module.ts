import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { ApiKeyStore } from './api-key-store.js'
import { KeysResolver } from './keys.resolver.js'

@Module({ imports: [AccessModule, PublishingModule], providers: [KeysResolver, ApiKeyStore] })
export class KeysModule {}
