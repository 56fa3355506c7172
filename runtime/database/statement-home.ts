import { fixedRole } from './roles.js'

/** As whom a statement runs: the role of the schema that it names, anybody when it names none, or who may make schemas. */
export type Home = { readonly role: string } | 'any' | 'all'

const administers = /^\s*((create|alter|drop)\s+(schema|role|extension)|alter\s+table\s+\S+\s+owner|grant|revoke|do)\b/i
const workspaceSchema = /(?:"(w_[a-z0-9_]+)"|\b(w_[a-z0-9_]+))\s*\.\s*["a-z_]/
const fixedSchema = /(?:"tessera"|\btessera)\s*\.\s*["a-z_]/

/** Where a statement belongs, by its text; one that names two schemas goes to a workspace's role, which is refused the other one. */
export function homeOf(text: string): Home {
  if (administers.test(text)) return 'all'
  const [, written, plain] = workspaceSchema.exec(text) ?? []
  const schema = written ?? plain
  if (schema) return { role: schema }
  return fixedSchema.test(text) ? { role: fixedRole } : 'any'
}
