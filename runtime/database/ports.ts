import { createServer } from 'node:net'

const host = '127.0.0.1'

/** A TCP port of this machine that nobody listens on right now. */
export function freePort(): Promise<number> {
  return listenOnce(0)
}

/** Whether a server could listen on the port of this machine right now. */
export async function isPortFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  )
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
