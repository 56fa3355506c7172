import { Inject } from '@nestjs/common'
import { Args, Context, Field, ID, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { FileStore } from '../files/file-store.js'
import { Json } from '../publishing/json.js'
import { exportOrder } from './export-order.js'
import { Exporter } from './exporter.js'

@ObjectType({ description: 'A file that records were written into; `GET /files/:id` has its bytes.' })
export class ExportedFile {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  type!: string

  @Field(() => Int, { description: 'In bytes.' })
  size!: number
}

@Resolver()
export class ExportsResolver {
  constructor(
    @Inject(Exporter) private readonly exporter: Exporter,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  @Mutation(() => ExportedFile, {
    description:
      'Writes records into a file that is kept; `where` and `orderBy` are those of the records API. `POST /exports` sends it at once.',
  })
  async exportRecords(
    @Args('object', { type: () => String }) object: string,
    @Args('fields', { type: () => [String], nullable: true }) fields: readonly string[] | null,
    @Args('where', { type: () => Json, nullable: true }) where: unknown,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('orderBy', { type: () => [Json], nullable: true }) orderBy: readonly unknown[] | null,
    @Args('format', { type: () => String, defaultValue: 'csv', description: 'csv or xlsx' }) format: string,
    @Context('caller') asking: Caller | null,
  ): Promise<ExportedFile> {
    const caller = requireCaller(asking)
    const order = exportOrder({
      object,
      fields: fields ?? null,
      where: where ?? null,
      search: search ?? null,
      orderBy: orderBy ?? null,
      format,
    })
    const { name, type, bytes } = await this.exporter.write(order, caller, new AbortController().signal)
    return this.files.store(caller.workspace.schema, { name, type: type.split(';')[0] ?? type, createdBy: caller.member.id }, bytes)
  }
}
