import { Module } from '@nestjs/common'
import { FieldUses } from './field-uses.js'
import { UsageResolver } from './usage.resolver.js'

/** Which fields API keys use, so that whoever changes one knows whom that touches. */
@Module({ providers: [FieldUses, UsageResolver], exports: [FieldUses] })
export class UsageModule {}
