import { Controller, Inject, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireCaller } from '../access/require.js'
import { WhoAsks } from '../access/who-asks.js'
import { attachment } from '../files/range.js'
import { exportOrder } from './export-order.js'
import { Exporter } from './exporter.js'

/** `POST /exports`: records as a file. */
@Controller('exports')
export class ExportsController {
  constructor(
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Exporter) private readonly exporter: Exporter,
  ) {}

  /** Answers with the file, to save; what is wrong with the order is told before the first byte. */
  @Post()
  async download(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const caller = requireCaller(await this.whoAsks.ask(request))
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const file = await this.exporter.write(exportOrder(request.body), caller, gone.signal)
    reply.headers({
      'content-length': file.size,
      'cache-control': 'private, no-store',
      'content-disposition': attachment(file.name),
      'x-content-type-options': 'nosniff',
    })
    return reply.status(200).type(file.type).send(file.bytes)
  }
}
