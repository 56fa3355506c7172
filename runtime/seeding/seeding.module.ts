import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RatesModule } from '../rates/rates.module.js'
import { RecordsModule } from '../records/records.module.js'
import { Demo } from './demo.js'
import { DemoResolver } from './demo.resolver.js'
import { Seeds } from './seeds.js'

@Module({
  imports: [AccessModule, PublishingModule, RatesModule, RecordsModule],
  providers: [Demo, DemoResolver, Seeds],
  exports: [Demo, Seeds],
})
export class SeedingModule {}
