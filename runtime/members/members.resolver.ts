import { Inject } from '@nestjs/common'
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import { MemberInfo, SignInResult } from '../access/access.types.js'
import type { Caller } from '../access/caller.js'
import { originOf, type PlatformContext } from '../access/platform-context.js'
import { requireAdmin, requirePerson } from '../access/require.js'
import { Mailer } from '../mail/mailer.js'
import { Invitations } from './invitations.js'
import { MemberChanges } from './member-changes.js'
import {
  AcceptArgs,
  ChangeMemberArgs,
  Handed,
  InvitationInfo,
  InviteArgs,
  Invited,
  OffboardArgs,
  OffboardingInfo,
  OwnedInfo,
} from './members.types.js'
import { Offboardings } from './offboardings.js'
import { PasswordResets } from './password-resets.js'

/** A person in a session who is admin: keys of programs let nobody in. */
const requireHost = (caller: Caller | null): Caller => requireAdmin(requirePerson(caller))

@Resolver()
export class MembersResolver {
  constructor(
    @Inject(Invitations) private readonly inviting: Invitations,
    @Inject(PasswordResets) private readonly resets: PasswordResets,
    @Inject(MemberChanges) private readonly changes: MemberChanges,
    @Inject(Offboardings) private readonly leaving: Offboardings,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  @Mutation(() => Handed, { description: 'Invites a person; inviting again makes a new link and the earlier one is worth nothing.' })
  inviteMember(@Args() person: InviteArgs, @Context('caller') caller: Caller | null): Promise<Handed> {
    return this.inviting.invite(requireHost(caller), person)
  }

  @Query(() => [InvitationInfo], { description: 'Who was invited and has not come yet, for admins.' })
  invitations(@Context('caller') caller: Caller | null): Promise<InvitationInfo[]> {
    return this.inviting.list(requireHost(caller))
  }

  @Mutation(() => Boolean)
  revokeInvitation(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<boolean> {
    return this.inviting.revoke(requireHost(caller), id)
  }

  @Query(() => Invited, { nullable: true, description: 'What an invitation says to who holds its link; null when it is used or too old.' })
  invitation(@Args('token', { type: () => String }) token: string, @Context() { request }: PlatformContext): Promise<Invited | null> {
    return this.inviting.find(token, request.ip)
  }

  @Mutation(() => SignInResult, { description: 'Makes who holds the link a member, and signs them in.' })
  async acceptInvitation(@Args() accepted: AcceptArgs, @Context() context: PlatformContext): Promise<SignInResult> {
    const session = await this.inviting.accept(accepted, originOf(context.request))
    context.keepSession(session)
    return { token: session.token }
  }

  @Query(() => Boolean, { description: 'Whether mails can be sent, so that people may ask for a new password by themselves.' })
  sendsMails(): boolean {
    return this.mailer.isOn
  }

  @Mutation(() => Boolean, {
    description: 'Sends a link for a new password to the address if somebody has it; the answer is the same if nobody has.',
  })
  async requestPasswordReset(
    @Args('email', { type: () => String }) email: string,
    @Context() { request }: PlatformContext,
  ): Promise<boolean> {
    await this.resets.request(email, request.ip)
    return true
  }

  @Mutation(() => Boolean, { description: 'Sets the password of who holds the link, and ends all their sessions.' })
  async resetPassword(
    @Args('token', { type: () => String }) token: string,
    @Args('password', { type: () => String }) password: string,
    @Context() { request }: PlatformContext,
  ): Promise<boolean> {
    await this.resets.reset(token, password, request.ip)
    return true
  }

  @Mutation(() => Handed, { description: 'Makes the password of a member worthless and gives or sends a link for a new one.' })
  resetMember(
    @Args('id', { type: () => ID }) id: string,
    @Args('secondFactor', { type: () => Boolean, defaultValue: false, description: 'Takes the second factor away too.' })
    secondFactor: boolean,
    @Context() { caller, request }: PlatformContext,
  ): Promise<Handed> {
    return this.changes.reset(requireHost(caller), id, secondFactor, request.ip)
  }

  @Mutation(() => MemberInfo)
  changeMember(@Args() change: ChangeMemberArgs, @Context('caller') caller: Caller | null): Promise<MemberInfo> {
    return this.changes.change(requireHost(caller), change)
  }

  @Mutation(() => MemberInfo, { description: 'Adds a member that acts by API keys only.' })
  addServiceAccount(
    @Args('name', { type: () => String }) name: string,
    @Args('roles', { type: () => [String] }) roles: string[],
    @Context('caller') caller: Caller | null,
  ): Promise<MemberInfo> {
    return this.changes.addService(requireHost(caller), name, roles)
  }

  @Mutation(() => OffboardingInfo, { description: 'Lets a member out at once, and moves what they own in the background.' })
  offboardMember(@Args() order: OffboardArgs, @Context('caller') caller: Caller | null): Promise<OffboardingInfo> {
    return this.leaving.begin(requireHost(caller), order)
  }

  @Query(() => [OwnedInfo], { description: 'How many records of each object a member owns, for admins who let them out.' })
  ownedRecords(@Args('member', { type: () => ID }) member: string, @Context('caller') caller: Caller | null): Promise<OwnedInfo[]> {
    return this.leaving.owned(requireHost(caller), member)
  }

  @Query(() => [OffboardingInfo], { description: 'The newest first, for admins.' })
  offboardings(
    @Args('member', { type: () => ID, nullable: true }) member: string | null,
    @Context('caller') caller: Caller | null,
  ): Promise<OffboardingInfo[]> {
    return this.leaving.list(requireHost(caller), member ?? null)
  }
}
