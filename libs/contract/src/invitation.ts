import { z } from 'zod';
import { ChannelName } from './channel.js';
import { Role } from './role.js';

/** Body of `POST /api/channels/:name/invitations`, and of `POST /api/invitations`, where the role is left out. */
export const CreateInvitation = z.strictObject({
  role: Role.default('viewer'),
  /** For whom or what it is; only those who made it see this. */
  note: z.string().trim().max(200).default(''),
  /** Up to a year; left out for good. */
  expiresInSeconds: z.int().min(60).max(31_536_000).optional(),
  /** How many may take it; left out: any number. */
  maxUses: z.int().min(1).max(10_000).optional(),
});
export type CreateInvitation = z.infer<typeof CreateInvitation>;

/** An invitation without its code. */
export const Invitation = z.object({
  id: z.string(),
  /** Null for an invitation to the server, whose taker may make a channel. */
  channel: ChannelName.nullable(),
  role: Role,
  note: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
  revokedAt: z.iso.datetime().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;
/** Answer of what lists invitations, newest first. */
export const InvitationList = z.array(Invitation);
export type InvitationList = z.infer<typeof InvitationList>;

/** Answer of what makes an invitation; the only time that `code` is told. The link is `/invite#code=…`. */
export const CreatedInvitation = Invitation.extend({ code: z.string() });
export type CreatedInvitation = z.infer<typeof CreatedInvitation>;

/** Body of `POST /api/invitations/look` and `POST /api/invitations/accept`. */
export const InvitationCode = z.strictObject({ code: z.string().min(1).max(200) });
export type InvitationCode = z.infer<typeof InvitationCode>;

/** What an invitation offers, for who holds its code. */
export const InvitationOffer = z.object({
  channel: ChannelName.nullable(),
  /** The channel's title; null for an invitation to the server. */
  title: z.string().nullable(),
  role: Role,
  /** Name of the account that invites. */
  invitedBy: z.string().nullable(),
  /** Streams of the channel are recorded: a guest of its stage has to know; null for an invitation to the server. */
  recorded: z.boolean().nullable(),
});
export type InvitationOffer = z.infer<typeof InvitationOffer>;

/** Somebody with a role in a channel, as `GET /api/channels/:name/members` lists it. */
export const Member = z.object({ account: z.string(), name: z.string(), role: Role, since: z.iso.datetime() });
export type Member = z.infer<typeof Member>;
/** Answer of `GET /api/channels/:name/members`, the mightiest first. */
export const MemberList = z.array(Member);
export type MemberList = z.infer<typeof MemberList>;

/** Body of `PUT /api/channels/:name/members/:account`. */
export const SetMember = z.strictObject({ role: Role });
export type SetMember = z.infer<typeof SetMember>;
