import { Injectable } from '@nestjs/common'
import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql'
import type { FastifyInstance } from 'fastify'
import { GraphQLBoolean, GraphQLObjectType, GraphQLSchema } from 'graphql'
import type { RecordsEndpoint } from './records-endpoint.js'

/** The options of the driver: which endpoint answers. */
export interface RecordsDriverOptions extends GqlModuleOptions {
  endpoint: RecordsEndpoint
}

/** Nest's GraphQL module over schemas that are made per model and profile while the server runs. */
@Injectable()
export class RecordsDriver extends AbstractGraphQLDriver<RecordsDriverOptions> {
  /** Nest wants one schema at start; the real ones are made when they are asked for. */
  override async generateSchema(): Promise<GraphQLSchema> {
    return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { ready: { type: GraphQLBoolean } } }) })
  }

  async start({ endpoint, path }: RecordsDriverOptions): Promise<void> {
    const server: FastifyInstance = this.httpAdapterHost.httpAdapter.getInstance()
    server.route({ method: ['GET', 'POST'], url: path ?? '/graphql', handler: (request, reply) => endpoint.handle(request, reply) })
  }

  async stop(): Promise<void> {
    // the endpoint stops its servers as a module's provider
  }
}
