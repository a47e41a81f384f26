import { z } from 'zod';
import { Scope } from './role.js';

/** An account's name, shown in chat: 2 to 32 letters, digits, "_", "-" or "." of any script; unique whatever its case. */
export const AccountName = z
  .string()
  .trim()
  .normalize('NFKC')
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,31}$/u, 'must be 2 to 32 letters, digits, "_", "-" or "."');

/** A password to be set: 10 to 200 characters. */
export const NewPassword = z.string().min(10, 'must have at least 10 characters').max(200);

/** Body of `POST /api/session`. */
export const SignIn = z.strictObject({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
});
export type SignIn = z.infer<typeof SignIn>;

/** Body of `POST /api/accounts`. Without a code it needs sign-up to be open. */
export const SignUp = z.strictObject({
  name: AccountName,
  password: NewPassword,
  /** The code of the one-time admin link `/setup#code=…`: makes the first account, which administers the server. */
  setup: z.string().max(200).optional(),
  /** The code of an invitation `/invite#code=…`. */
  invitation: z.string().max(200).optional(),
});
export type SignUp = z.infer<typeof SignUp>;

/** An account as its owner sees it. */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  /** Administers the whole server. */
  isAdmin: z.boolean(),
  /** May make channels. */
  mayCreate: z.boolean(),
});
export type Account = z.infer<typeof Account>;

/** Answer of `GET /api/session`, and of what signs in or out. */
export const SessionView = z.object({
  /** Null for guests. */
  account: Account.nullable(),
  /** To be sent as `X-Weir-CSRF` with every request that changes something; null for guests. */
  csrf: z.string().nullable(),
  /** Whether anybody may make an account. */
  signUp: z.enum(['open', 'invitation']),
});
export type SessionView = z.infer<typeof SessionView>;

/** Body of `PATCH /api/account`. */
export const UpdateAccount = z.strictObject({
  /** The password that the account has now. */
  currentPassword: z.string().min(1).max(200),
  password: NewPassword,
});
export type UpdateAccount = z.infer<typeof UpdateAccount>;

/** A place where the account is signed in, of `GET /api/account/sessions`. */
export const SessionSummary = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  userAgent: z.string(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;
/** Answer of `GET /api/account/sessions`, newest first. */
export const SessionList = z.array(SessionSummary);
export type SessionList = z.infer<typeof SessionList>;

/** Body of `POST /api/account/tokens`. */
export const CreateApiToken = z.strictObject({
  label: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1),
  /** Up to ten years; left out for good. */
  expiresInSeconds: z.int().min(60).max(315_360_000).optional(),
});
export type CreateApiToken = z.infer<typeof CreateApiToken>;

/** An API token without its value, as `GET /api/account/tokens` lists it. */
export const ApiTokenSummary = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(Scope),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiTokenSummary = z.infer<typeof ApiTokenSummary>;
/** Answer of `GET /api/account/tokens`, oldest first. */
export const ApiTokenList = z.array(ApiTokenSummary);
export type ApiTokenList = z.infer<typeof ApiTokenList>;

/** Answer of `POST /api/account/tokens`; the only time that `token` is told. */
export const CreatedApiToken = ApiTokenSummary.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof CreatedApiToken>;

/** An account as `GET /api/accounts` lists it for administrators. */
export const AccountSummary = Account.extend({
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
});
export type AccountSummary = z.infer<typeof AccountSummary>;
/** Answer of `GET /api/accounts`, by name. */
export const AccountList = z.array(AccountSummary);
export type AccountList = z.infer<typeof AccountList>;

/** Body of `PATCH /api/accounts/:id`, for administrators; what is left out stays. */
export const AdministerAccount = z.strictObject({
  isAdmin: z.boolean().optional(),
  mayCreate: z.boolean().optional(),
  /** A disabled account is signed out everywhere, and its tokens and stream keys rest. */
  disabled: z.boolean().optional(),
  /** Sets another password and signs the account out everywhere. */
  password: NewPassword.optional(),
});
export type AdministerAccount = z.infer<typeof AdministerAccount>;
