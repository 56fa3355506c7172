import { Founding } from '../../runtime/access/founding.js'
import { addMember, type NewMember } from '../../runtime/access/members.js'
import type { Workspace } from '../../runtime/database/entities/workspace.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { createWorkspace, dropWorkspace } from '../../runtime/database/workspace.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { Publisher } from '../../runtime/publishing/publisher.js'
import { testConfig, workerDatabaseUrl } from './database.js'

/** A served application with one workspace of its own. */
export interface TestApp extends RunningApp {
  readonly workspace: Workspace
}

/** What an API answers with. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    data?: Record<string, unknown> | null
    errors?: {
      message: string
      path?: string[]
      extensions: { code: string; trace?: string; issues: { code: string; path: string; message: string; hint: string }[] }
    }[]
  }
}

export const testPassword = 'a password for tests'

const adminAlone = { role: 'admin', label: 'Administrator', admin: true, grants: { '*': { actions: ['read'] } } }

/** Makes a workspace with nothing but the role of an admin, in a third of the time that the CRM takes. */
export async function foundBare({ app, database }: RunningApp, slug: string, title = slug): Promise<Workspace> {
  const workspace = await createWorkspace(database, slug, title)
  const change = { put: [adminAlone], remove: [], confirm: [], expectedVersion: 0, message: null }
  await app.get(Publisher).publish(change, schemaOf(slug), null, 'base')
  return workspace
}

/** How a workspace begins: with the CRM that the product ships, or bare. */
const beginnings = {
  shipped: ({ app }: RunningApp, slug: string) => app.get(Founding).found(slug, slug),
  bare: (running: RunningApp, slug: string) => foundBare(running, slug),
}

/**
 * Serves the worker's database on a free port, with a workspace made anew and its members; close it in `afterAll`.
 * @param slug one per spec file
 * @param pages where a studio was built to; the real one unless said
 * @param environment variables of the program that differ from those of other tests
 * @param beginning what is published before anybody comes in
 */
export async function startTestApp(
  slug: string,
  members: readonly Partial<NewMember>[] = [],
  pages?: string,
  environment: Record<string, string> = {},
  beginning: keyof typeof beginnings = 'shipped',
): Promise<TestApp> {
  const running = await createApp(testConfig(await workerDatabaseUrl(), environment), pages)
  await dropWorkspace(running.database, slug)
  const workspace = await beginnings[beginning](running, slug)
  for (const member of members) {
    await addMember(running.database, workspace, {
      email: `admin@${slug}.test`,
      name: 'Ada Admin',
      password: testPassword,
      roles: ['admin'],
      ...member,
    })
  }
  return { ...running, workspace }
}

/** Posts a GraphQL document; headers as given, such as `authorization`. */
export async function post(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}

/** What a root field answered; throws the answer's errors when there are any. */
export function dataOf<T>(answer: Answer, field: string): T {
  if (answer.body.errors) throw new Error(JSON.stringify(answer.body.errors, null, 2))
  return answer.body.data?.[field] as T
}

/** Signs a member of the test workspace in and gives the headers of a program. */
export const signInHeaders = (app: Pick<TestApp, 'url' | 'workspace'>, email: string): Promise<Record<string, string>> =>
  signIn(app.url, app.workspace.slug, email)

/** The same at any address. */
export async function signIn(url: string, slug: string, email: string): Promise<Record<string, string>> {
  const query = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }'
  const { token } = dataOf<{ token: string }>(await post(`${url}/platform`, query, { email, password: testPassword }), 'signIn')
  return { authorization: `Bearer ${token}`, 'x-workspace': slug }
}
