import { type DynamicModule, Global, Module } from '@nestjs/common'
import type { Config } from '../config.js'
import { Mailer } from './mailer.js'

@Global()
@Module({})
export class MailModule {
  /** Lends one mailer to all rooms. */
  static with(config: Pick<Config, 'identity' | 'host' | 'port'>): DynamicModule {
    return { module: MailModule, providers: [{ provide: Mailer, useFactory: () => new Mailer(config) }], exports: [Mailer] }
  }
}
