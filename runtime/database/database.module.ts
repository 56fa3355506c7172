import { type DynamicModule, Global, Module } from '@nestjs/common'
import { Database } from './database.js'

@Global()
@Module({})
export class DatabaseModule {
  /** Lends an opened database to all rooms; whoever opened it closes it. */
  static with(database: Database): DynamicModule {
    return { module: DatabaseModule, providers: [{ provide: Database, useValue: database }], exports: [Database] }
  }
}
