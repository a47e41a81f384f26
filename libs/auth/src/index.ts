export { Accounts, AccountUnknown } from './accounts.js';
export { AddressSet, AddressSetInvalid, privateNetworks } from './address-set.js';
export { AdminGuard } from './admin.guard.js';
export { ApiTokenUnknown } from './api-tokens.js';
export { AuditLog, type AuditNote } from './audit-log.js';
export type { AuthOptions } from './auth-options.js';
export { AuthModule } from './auth.module.js';
export { type Caller, CredentialsRejected, NotAllowed, requireScope, ScopeMissing, SignInNeeded } from './caller.js';
export { CallerOf } from './caller-of.js';
export { Callers } from './callers.js';
export { type CookieReply, Cookies, readCookie } from './cookies.js';
export { CrossSite, CsrfMissing } from './cross-site.guard.js';
export { Guests } from './guests.js';
export { InvitationInvalid, Invitations, InvitationUnknown, type InvitingChannels } from './invitations.js';
export { isReservedName, leetForm, nameForm, plainForm } from './look-alike.js';
export { PasswordsExhausted } from './passwords.js';
export { InsecureTransport, type OriginRequest, type RequestOrigin, RequestOrigins } from './request-origin.js';
export { BodyIncomplete, BodyTooLarge, readBody, readBytes } from './request-body.js';
export { Requires, type Requirement } from './requires.guard.js';
export { Seals } from './seals.js';
export { type SessionEvents, Sessions, SignInUnknown } from './sessions.js';
export { Setup, SetupCodeRejected } from './setup.js';
export { PasswordRejected, TooManyAttempts } from './sign-in-limits.js';
export { AccountNameTaken, InvitationNeeded } from './sign-ups.js';
export {
  type NewStreamKey,
  type StreamKeyEvents,
  StreamKeyForeign,
  StreamKeyRejected,
  StreamKeyResting,
  StreamKeys,
  type VerifiedStreamKey,
} from './stream-keys.js';
