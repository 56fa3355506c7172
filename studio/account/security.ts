import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError, ask } from '../api/client.js'

/** What is wrong with one input, in one or two sentences; nothing when it is about another. */
export function wrongAt(error: Error | null, ...paths: readonly string[]): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const issue = error.issues.find(({ path }) => paths.some(each => path === each || path.startsWith(`${each}/`)))
  return issue && [issue.message, issue.hint].filter(part => part).join(' ')
}

/** A mutation of `/platform` after which some queries are asked anew. */
export function useDeed<Input extends object, Result>(document: string, field: string, stale: readonly string[] = []) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: Input) =>
      (await ask<Record<string, Result>>('/platform', document, { ...input } as Record<string, unknown>))[field] as Result,
    onSuccess: () => Promise.all(stale.map(key => client.invalidateQueries({ queryKey: [key] }))),
  })
}

/**
 * A question to `/platform` whose answer is one field.
 * @param every how soon it is asked again, in milliseconds, by what was answered last
 */
export function useAsked<Result>(key: string, document: string, every: (data: Result | undefined) => number | false = () => false) {
  return useQuery<Result>({
    queryKey: [key],
    queryFn: async ({ signal }) => {
      const answer = await ask<Record<string, Result>>('/platform', document, {}, signal)
      return Object.values(answer)[0] as Result
    },
    refetchInterval: query => every(query.state.data),
  })
}

export interface OpenSession {
  id: string
  device: string | null
  address: string | null
  method: string
  createdAt: string
  lastSeen: string
  current: boolean
}

export const useSessions = () =>
  useAsked<OpenSession[]>('sessions', 'query Sessions { sessions { id device address method createdAt lastSeen current } }')

export interface SecondFactorState {
  active: boolean
  required: boolean
  recoveryCodesLeft: number
}

export const useSecondFactor = () =>
  useAsked<SecondFactorState>('secondFactor', 'query SecondFactor { secondFactor { active required recoveryCodesLeft } }')

export interface ApiKey {
  id: string
  name: string
  start: string | null
  owner: string
  own: boolean
  objects: readonly { object: string; fields: readonly string[] | null }[] | null
  mayWrite: boolean
  addresses: readonly string[]
  createdAt: string
  expiresAt: string | null
  lastSeen: string | null
  lastAddress: string | null
}

export const useApiKeys = () =>
  useAsked<ApiKey[]>(
    'apiKeys',
    'query ApiKeys { apiKeys { id name start owner own objects { object fields } mayWrite addresses createdAt expiresAt lastSeen lastAddress } }',
  )

export interface Person {
  id: string
  name: string
  email: string
  roles: readonly string[]
  active: boolean
  service: boolean
}

export const usePeople = () => useAsked<Person[]>('people', 'query People { members { id name email roles active service } }')

export interface Invitation {
  id: string
  name: string
  email: string
  roles: readonly string[]
  expiresAt: string
}

export const useInvitations = () =>
  useAsked<Invitation[]>('invitations', 'query Invitations { invitations { id name email roles expiresAt } }')

/** A link for somebody: it went by mail, or has to be handed over. */
export interface Handed {
  mailed: boolean
  link: string | null
}

export interface Offboarding {
  id: string
  member: string
  state: string
  done: number
  total: number | null
  left: number
  error: string | null
}

/** Who leaves; asked each second while records move. */
export const useOffboardings = () =>
  useAsked<Offboarding[]>('offboardings', 'query Offboardings { offboardings { id member state done total left error } }', data =>
    data?.some(({ state }) => state === 'waiting' || state === 'running') ? 1000 : false,
  )

/** How a browser is called by people: its name and the system it runs on. */
export function deviceName(device: string | null): string | null {
  if (!device) return null
  const find = (list: readonly (readonly [RegExp, string])[]) => list.find(([pattern]) => pattern.test(device))?.[1]
  const browser = find([
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/MicroMessenger/, 'WeChat'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = find([
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ])
  return [browser ?? device.split(/[\s/]/)[0], system].filter(part => part).join(' · ')
}
