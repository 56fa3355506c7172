import { Inject } from '@nestjs/common'
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import { FirstAdminArgs, Me, MemberInfo, SignInArgs, SignInResult, WorkspaceSettingsInfo, WorkspaceSettingsUpdate } from './access.types.js'
import { workspacesOf } from './accounts.js'
import type { Caller } from './caller.js'
import { credentialsOf } from './credentials.js'
import { FirstAdmin } from './first-admin.js'
import { changeProfile, listMembers } from './members.js'
import { originOf, type PlatformContext } from './platform-context.js'
import { requireAdmin, requireCaller } from './require.js'
import { Sessions } from './sessions.js'
import { checkProfile } from './settings.js'
import { SignIn } from './sign-in.js'
import { Views } from './views.js'
import { WhoAsks } from './who-asks.js'
import { WorkspaceSettingsStore } from './workspace-settings.js'

@Resolver()
export class AccessResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SignIn) private readonly signIns: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(FirstAdmin) private readonly firstAdmins: FirstAdmin,
    @Inject(WorkspaceSettingsStore) private readonly settings: WorkspaceSettingsStore,
    @Inject(Views) private readonly views: Views,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  @Mutation(() => SignInResult)
  async signIn(@Args() { email, password, code, workspace }: SignInArgs, @Context() context: PlatformContext): Promise<SignInResult> {
    const { address, device } = originOf(context.request)
    const session = await this.signIns.signIn({ email, password, code: code ?? null, workspace: workspace ?? null, address, device })
    context.keepSession(session)
    return { token: session.token }
  }

  @Mutation(() => Boolean)
  async signOut(@Context() context: PlatformContext): Promise<boolean> {
    const credentials = credentialsOf(context.request.headers)
    if (credentials) await this.sessions.end(credentials.token, context.request.ip)
    context.keepSession(null)
    return credentials !== null
  }

  @Query(() => Boolean, { description: 'Whether nobody can sign in yet, so that the first page asks for the one-time code.' })
  needsFirstAdmin(): Promise<boolean> {
    return this.firstAdmins.isNeeded()
  }

  @Mutation(() => SignInResult)
  async firstAdmin(@Args() input: FirstAdminArgs, @Context() context: PlatformContext): Promise<SignInResult> {
    const session = await this.firstAdmins.create(input, originOf(context.request))
    context.keepSession(session)
    return { token: session.token }
  }

  @Query(() => Me, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@Context('unfinished') caller: Caller | null): Promise<Me | null> {
    if (!caller) return null
    const { member, roles, isAdmin, locale, timeZone, workspace, needs } = caller
    const viewing = caller.viewing && { by: caller.viewing.by.name, until: caller.viewing.until }
    const all = viewing ? [workspace] : await workspacesOf(this.database, caller.account.id)
    const workspaces = [...all].sort((a, b) => a.name.localeCompare(b.name))
    return { ...member, roles, admin: isAdmin, locale, timeZone, workspace, needs, workspaces, viewing }
  }

  @Mutation(() => Boolean, {
    description: 'The session sees everything as a member does and changes nothing, for half an hour or until `endView`; for admins.',
  })
  async beginView(@Args('member', { type: () => ID }) member: string, @Context() { caller, request }: PlatformContext): Promise<boolean> {
    await this.views.begin(caller, member, request.ip)
    return true
  }

  @Mutation(() => Boolean, { description: 'The session is its admin’s own again; gives whether it was not.' })
  endView(@Context() { unfinished, request }: PlatformContext): Promise<boolean> {
    return this.views.end(requireCaller(unfinished), request.ip)
  }

  @Mutation(() => Me)
  async updateProfile(
    @Args('locale', { type: () => String, nullable: true }) locale: string | null,
    @Args('timeZone', { type: () => String, nullable: true }) timeZone: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<Me | null> {
    const caller = requireCaller(asking)
    const profile = { locale: locale ?? caller.locale, timeZone: timeZone ?? caller.timeZone }
    const issues = checkProfile(profile.locale, profile.timeZone)
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    await changeProfile(this.database, caller.workspace.slug, caller.member.id, profile.locale, profile.timeZone)
    this.whoAsks.forget()
    return this.me({ ...caller, ...profile })
  }

  @Query(() => WorkspaceSettingsInfo)
  workspaceSettings(@Context('caller') caller: Caller | null): Promise<WorkspaceSettingsInfo> {
    return this.settings.read(requireCaller(caller).workspace.id)
  }

  @Mutation(() => WorkspaceSettingsInfo)
  updateWorkspaceSettings(
    @Args('data') data: WorkspaceSettingsUpdate,
    @Context('caller') caller: Caller | null,
  ): Promise<WorkspaceSettingsInfo> {
    const admin = requireAdmin(caller)
    return this.settings.change(admin.workspace.id, data, admin)
  }

  @Query(() => [MemberInfo])
  members(@Context('caller') caller: Caller | null): Promise<MemberInfo[]> {
    return listMembers(this.database, requireCaller(caller).workspace.slug)
  }
}
