import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newToken } from './tokens.js'

const mark = 'v1'
const fileName = 'secret'

interface Key {
  /** Tells which key sealed a value, and nothing of the key. */
  readonly id: string
  readonly key: Buffer
}

/**
 * Keeps small secrets unreadable in the database: AES-256-GCM under a key that does not lie there, but in the environment
 * (`TESSERA_SECRET`) or in a file of the data directory, which is made when it is first needed.
 */
export class Sealer {
  private known: readonly Key[] | null = null

  /**
   * @param secrets the first seals, all open, and so does the file's; none: the file's seals
   * @param directory where the file lies
   */
  constructor(
    private readonly secrets: readonly string[],
    private readonly directory: string,
  ) {}

  /**
   * Seals a text.
   * @param place whose it is; what was sealed for one place does not open at another
   */
  seal(text: string, place: string): string {
    const [{ id, key } = none()] = this.keys()
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return [mark, id, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
  }

  /** What was sealed for a place; null when no key at hand opens it. A text that was never sealed, from an older version, is given as it is. */
  open(sealed: string, place: string): string | null {
    if (!sealed.startsWith(`${mark}.`)) return sealed
    const [, id, nonce = '', body = ''] = sealed.split('.')
    const found = this.keys().find(key => key.id === id)
    if (!found) return null
    const bytes = Buffer.from(body, 'base64url')
    try {
      const cipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(nonce, 'base64url')).setAAD(Buffer.from(place))
      cipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]).toString('utf8')
    } catch {
      return null
    }
  }

  /** Whether a text is sealed by the key that seals now; else it is to be sealed anew when it is at hand. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${mark}.${this.keys()[0]?.id ?? ''}.`)
  }

  private keys(): readonly Key[] {
    if (this.known) return this.known
    // what the file's secret sealed before there was one in the environment still opens
    const kept = this.secrets.length > 0 ? readSecret(join(this.directory, fileName)) : fileSecret(this.directory)
    this.known = [...this.secrets, ...(kept === null ? [] : [kept])].map(keyOf)
    return this.known
  }
}

function none(): never {
  throw new Error('There is no key to seal with')
}

function keyOf(secret: string): Key {
  const key = Buffer.from(hkdfSync('sha256', secret, 'tessera', 'second factors', 32))
  return { key, id: createHash('sha256').update('id').update(key).digest('base64url').slice(0, 8) }
}

/** The secret in the data directory; of two processes that make it at once both take the same one. */
function fileSecret(directory: string): string {
  const path = join(directory, fileName)
  const present = readSecret(path)
  if (present !== null) return present
  mkdirSync(directory, { recursive: true })
  const own = `${path}.${newToken().slice(0, 8)}`
  writeFileSync(own, `${newToken()}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own)
  }
  return readSecret(path) ?? none()
}

function readSecret(path: string): string | null {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret === '') throw new Error(`${path} is empty; put the secret back, or take the file away for a new one`)
    return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
