import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError, ask } from './client.js'
import { previewed } from './preview.js'

/** Who is signed in, and where. */
export interface Member {
  id: string
  name: string
  email: string
  locale: string | null
  timeZone: string | null
  roles: readonly string[]
  admin: boolean
  needs: readonly string[]
  /** Through whose eyes an admin looks: the member is the one who is looked through. */
  viewing: { by: string; until: string } | null
  workspace: { slug: string; name: string }
}

export interface Session {
  me: Member
  app: { version: number; definitions: readonly unknown[] }
  workspaceSettings: WorkspaceSettings
  /** The draft that is shown in the place of what is live, by its name; or why it cannot be shown. */
  preview?: { name: string; reason?: never } | { name: null; reason: string }
}

/** What holds for the whole workspace. */
export interface WorkspaceSettings {
  timeZone: string
  locale: string
  currency: string
  firstWeekday: number
  demo: boolean
}

/** Somebody is signed in, but the workspace asks something of the session before anything else. */
export interface Unfinished {
  me: Member
  need: string
}

/** Nobody is signed in; whether the first admin is still to be made. */
export interface Outside {
  me: null
  needsFirstAdmin: boolean
}

const memberDocument =
  'query Me { me { id name email locale timeZone roles admin needs viewing { by until } workspace { slug name } } needsFirstAdmin }'
const appDocument = 'query App { app { version definitions } workspaceSettings { timeZone locale currency firstWeekday demo } }'

async function readSession(signal: AbortSignal): Promise<Session | Unfinished | Outside> {
  const { me, needsFirstAdmin } = await ask<{ me: Member | null; needsFirstAdmin: boolean }>('/platform', memberDocument, {}, signal)
  if (me === null) return { me, needsFirstAdmin }
  if (me.needs[0]) return { me, need: me.needs[0] }
  const live = await ask<Omit<Session, 'me'>>('/platform', appDocument, {}, signal)
  return previewed === null ? { me, ...live } : withPreview({ me, ...live }, previewed, signal)
}

/** A draft is for looking at the app: nobody administers in it. */
async function withPreview(session: Session, id: string, signal: AbortSignal): Promise<Session> {
  const me = { ...session.me, admin: false }
  try {
    const document = 'query Preview($id: ID!) { preview(id: $id) { name version definitions } }'
    const { preview } = await ask<{ preview: Session['app'] & { name: string } }>('/platform', document, { id }, signal)
    return { ...session, me, app: preview, preview: { name: preview.name } }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'OFFLINE') throw error
    return { ...session, me, preview: { name: null, reason: error.message } }
  }
}

/** The session: who is here and all definitions this member may see, or that nobody is signed in. */
export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: ({ signal }) => readSession(signal), staleTime: Number.POSITIVE_INFINITY })

/** A member of the demo who can be taken with one click. */
export interface DemoMember {
  email: string
  name: string
  role: string
}

/** The demo members, when the demo is on; none otherwise. */
export const useDemoMembers = () =>
  useQuery({
    queryKey: ['demo'],
    queryFn: async ({ signal }) =>
      (await ask<{ demoMembers: DemoMember[] }>('/platform', 'query Demo { demoMembers { email name role } }', {}, signal)).demoMembers,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What else the first page offers: a link by mail for a new password, a provider of identities. */
export const useSignInWays = () =>
  useQuery({
    queryKey: ['ways'],
    queryFn: ({ signal }) =>
      ask<{ sendsMails: boolean; signInProvider: string | null }>('/platform', 'query Ways { sendsMails signInProvider }', {}, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Asks for a link for a new password. */
export const useForgotPassword = () =>
  useMutation({
    mutationFn: (email: string) => ask('/platform', 'mutation Forgot($email: String!) { requestPasswordReset(email: $email) }', { email }),
  })

/** Signs in by e-mail and password; the server sets the cookie of the session. */
export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: { email: string; password: string; code: string }) =>
      ask(
        '/platform',
        'mutation SignIn($email: String!, $password: String!, $code: String) { signIn(email: $email, password: $password, code: $code) { token } }',
        input,
      ),
    onSuccess: () => client.resetQueries({ queryKey: ['session'] }),
  })
}

/** What the first admin says about themselves and the workspace. */
export interface FirstAdminInput {
  code: string
  adminName: string
  email: string
  password: string
  name: string
  locale: string
  currency: string
  timeZone: string
}

const firstAdminDocument = `mutation FirstAdmin($code: String!, $adminName: String!, $email: String!, $password: String!, $name: String!, $locale: String!, $currency: String!, $timeZone: String!) {
  firstAdmin(code: $code, adminName: $adminName, email: $email, password: $password, name: $name, locale: $locale, currency: $currency, timeZone: $timeZone) { token }
}`

/** Makes the first admin with the one-time code of the server's log, and signs in. */
export function useFirstAdmin() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: FirstAdminInput) => ask('/platform', firstAdminDocument, { ...input }),
    onSuccess: () => client.resetQueries({ queryKey: ['session'] }),
  })
}

/** Keeps language and zone with the member, for messages and mails. */
export function useKeepProfile() {
  return useMutation({
    mutationFn: (input: { locale?: string; timeZone?: string }) =>
      ask(
        '/platform',
        'mutation Profile($locale: String, $timeZone: String) { updateProfile(locale: $locale, timeZone: $timeZone) { id } }',
        input,
      ),
  })
}

/** Looks at the app through the eyes of a member; everything is read anew as they see it. */
export function useBeginView() {
  return useMutation({
    mutationFn: (member: string) => ask('/platform', 'mutation View($member: ID!) { beginView(member: $member) }', { member }),
    onSuccess: startAnew,
  })
}

/** Ends a look through the eyes of a member. */
export function useEndView() {
  return useMutation({ mutationFn: () => ask('/platform', 'mutation EndView { endView }'), onSuccess: startAnew })
}

/** What was read as somebody else is kept nowhere: the page begins again. */
const startAnew = (): void => location.assign('/')

/** Ends the session on the server and forgets everything that was read. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => ask('/platform', 'mutation SignOut { signOut }'),
    onSettled: () => client.resetQueries(),
  })
}
