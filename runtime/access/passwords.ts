import { hash, verify } from '@node-rs/argon2'
import { longestPassword } from './password-policy.js'

/** 19 MiB, two passes, one lane: the least that OWASP's password storage cheat sheet names for argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Lets an unknown e-mail take as long as a wrong password. */
const stranger = hash('nobody has this password', cost)

/** The argon2id hash to store for a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** Whether the password belongs to the stored hash; with null, or for a password that is too long to be one, it takes the same time and says no. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const isPossible = stored !== null && password.length <= longestPassword * 2
  const fits = await verify(isPossible ? stored : await stranger, isPossible ? password : 'somebody')
  return isPossible && fits
}
