import { randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Bytes that were written somewhere and can be read once. */
export interface Spooled {
  readonly bytes: Readable
  readonly size: number
}

/**
 * Writes bytes aside as fast as they come, to be read once at the pace of whoever wants them. The file has no name while it is used,
 * so nothing of it is left when the process ends, however it does.
 * Throws what the bytes throw, and nothing is left then.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const path = join(tmpdir(), `tessera-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    let size = 0
    for await (const chunk of bytes) {
      await file.writeFile(chunk)
      size += chunk.byteLength
    }
    return { bytes: file.createReadStream({ start: 0 }), size }
  } catch (error) {
    await file.close()
    throw error
  }
}
