import { Readable } from 'node:stream'
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireCaller } from '../access/require.js'
import { WhoAsks } from '../access/who-asks.js'
import { RequestError } from '../request-error.js'
import { contentType, decisive } from './content-type.js'
import { FileAccess } from './file-access.js'
import { FileStore } from './file-store.js'
import { attachment, rangeOf } from './range.js'

/** What an upload is answered with. */
interface UploadAnswer {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const longestName = 200

/** `POST /files` and `GET /files/:id`. */
@Controller('files')
export class FilesController {
  constructor(
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(FileAccess) private readonly access: FileAccess,
  ) {}

  /** Stores the one file of a multipart request. */
  @Post()
  async upload(@Req() request: FastifyRequest): Promise<UploadAnswer> {
    const caller = requireCaller(await this.whoAsks.ask(request))
    if (!request.isMultipart()) throw new RequestError('BAD_REQUEST', [issue('FILE_MISSING', 'file')])
    const part = await request.file()
    if (!part) throw new RequestError('BAD_REQUEST', [issue('FILE_MISSING', 'file')])
    const { RequestFileTooLargeError } = request.server.multipartErrors
    const { first, bytes } = await begun(whole(part.file, () => new RequestFileTooLargeError()))
    const file = { name: cleanName(part.filename), type: contentType(first, cleanType(part.mimetype)), createdBy: caller.member.id }
    const { id, name, type, size } = await this.files.store(caller.workspace.schema, file, bytes)
    return { id, name, type, size }
  }

  /** The bytes of a file, all or a range, to save; whoever may not have it is told that it does not exist. */
  @Get(':id')
  async download(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const caller = requireCaller(await this.whoAsks.ask(request))
    const file = uuid.test(id) ? await this.files.find(caller.workspace.schema, id) : null
    if (!file || !(await this.access.mayRead(caller, file))) throw new RequestError('NOT_FOUND', [issue('FILE_UNKNOWN', 'id')])
    const range = rangeOf(request.headers.range, file.size)
    reply.headers({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': attachment(file.name),
      'x-content-type-options': 'nosniff',
    })
    if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${file.size}`).send()
    const { start, end } = range ?? { start: 0, end: file.size - 1 }
    if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${file.size}`)
    reply.header('content-length', end - start + 1).type(file.type)
    return reply.send(Readable.from(this.files.read(caller.workspace.schema, file, { start, end }), { objectMode: false }))
  }
}

/** The bytes of an upload; one that was cut at the limit fails instead of ending early. */
async function* whole(
  stream: AsyncIterable<Uint8Array> & { readonly truncated: boolean },
  tooLarge: () => Error,
): AsyncGenerator<Uint8Array> {
  yield* stream
  if (stream.truncated) throw tooLarge()
}

/** The first bytes of a stream, and all of them. */
async function begun(
  stream: AsyncGenerator<Uint8Array>,
): Promise<{ readonly first: Uint8Array; readonly bytes: AsyncGenerator<Uint8Array> }> {
  let first = Buffer.alloc(0)
  while (first.length < decisive) {
    const { value, done } = await stream.next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  async function* all() {
    if (first.length > 0) yield first
    yield* stream
  }
  return { first, bytes: all() }
}

/** The last part of a path, without signs that no file system takes; browsers write `%22` for a quote (HTML, multipart/form-data). */
function cleanName(name: string): string {
  const last = name.replaceAll('%22', '"').split(/[\\/]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const plain = last.replace(/[\u0000-\u001f\u007f]/g, '').trim()
  return plain.slice(0, longestName) || 'file'
}

const cleanType = (type: string): string => (/^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) ? type.toLowerCase() : 'application/octet-stream')
