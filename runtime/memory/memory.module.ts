import { type DynamicModule, Global, Module } from '@nestjs/common'
import { Memory } from './memory.js'

@Global()
@Module({})
export class MemoryModule {
  /** One memory for all rooms of a process. */
  static with(most: number): DynamicModule {
    return { module: MemoryModule, providers: [{ provide: Memory, useValue: new Memory(most) }], exports: [Memory] }
  }
}
