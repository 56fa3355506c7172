import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import type { World } from './two-worlds.js'
import type { Question } from './two-worlds-asking.js'

const own = 'graphql-transport-ws'

/** What comes of an upgrade: how it is refused, or what is said until the connection is closed. */
async function comes(url: string, protocol: string | undefined, headers: Record<string, string>): Promise<unknown> {
  const socket = new WebSocket(url.replace('http', 'ws'), protocol ? [protocol] : [], { headers })
  const said: string[] = []
  try {
    return await new Promise<unknown>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('unexpected-response', (_, answer: IncomingMessage) => resolve(refusal(answer)))
      socket.on('open', () => socket.send('{"type":"connection_init"}'))
      socket.on('message', message => {
        said.push(String(message))
        // let in: what is told from here on the subscriptions are asked
        if (said[0]?.includes('connection_ack')) resolve({ said })
      })
      socket.on('close', (code, reason) => resolve({ said, code, reason: String(reason) }))
    })
  } catch (error) {
    return { said, failed: (error as Error).message }
  } finally {
    socket.terminate()
  }
}

async function refusal(answer: IncomingMessage): Promise<unknown> {
  const body = (await answer.toArray()).map(String).join('')
  const { date: _, ...headers } = answer.headers
  return { status: answer.statusCode, headers, body }
}

const cookieOf = ({ headers }: World): string => `tessera_session=${(headers.clerk.authorization ?? '').replace('Bearer ', '')}`

/** Upgrades that are refused, each with what is missing, beside one that is not. */
const upgrades: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'of somebody known': world => comes(`${world.url}/graphql`, own, world.headers.clerk),
  'without a session': world => comes(`${world.url}/graphql`, own, {}),
  'without a session, for a workspace': world => comes(`${world.url}/graphql`, own, { 'x-workspace': world.slug }),
  'with a session that is none': world => comes(`${world.url}/graphql`, own, { authorization: 'Bearer none' }),
  'for a workspace that is none': world => comes(`${world.url}/graphql`, own, { ...world.headers.clerk, 'x-workspace': 'none' }),
  'with a wrong protocol': world => comes(`${world.url}/graphql`, 'graphql-ws', world.headers.clerk),
  'without a protocol': world => comes(`${world.url}/graphql`, undefined, world.headers.clerk),
  'with a cookie from elsewhere': world => comes(`${world.url}/graphql`, own, { cookie: cookieOf(world), origin: 'https://evil.example' }),
  'with a cookie from nowhere': world => comes(`${world.url}/graphql`, own, { cookie: cookieOf(world) }),
  'of a hidden address': world => comes(`${world.url}/graphql/firms`, own, world.headers.clerk),
}

/** Asks what comes of each upgrade. */
export const socketQuestions: readonly Question[] = Object.entries(upgrades).map(([name, ask]) => ({ name: `an upgrade ${name}`, ask }))
