import { hash, randomBytes } from 'node:crypto'

/** A new secret of 32 random bytes; only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hexadecimal: enough for secrets that are random already. */
export const hashToken = (token: string): string => hash('sha256', token, 'hex')
