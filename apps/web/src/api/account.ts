import type {
  ApiTokenSummary,
  CreateApiToken,
  CreatedApiToken,
  InvitationOffer,
  SessionSummary,
  SessionView,
  SignIn,
  SignUp,
  UpdateAccount,
} from '@weir/contract';
import { ask } from './ask.js';
import { renewSession, takeSession } from './session.js';

/** Signs in. */
export async function signIn(body: SignIn): Promise<void> {
  takeSession(await ask<SessionView>('/api/session', 'POST', body));
}

/** Makes an account and signs in as it. */
export async function signUp(body: SignUp): Promise<void> {
  takeSession(await ask<SessionView>('/api/accounts', 'POST', body));
}

/** Signs out here. */
export async function signOut(): Promise<void> {
  takeSession(await ask<SessionView>('/api/session', 'DELETE'));
}

/** Sets another password; every other place is signed out. */
export async function changePassword(body: UpdateAccount): Promise<void> {
  takeSession(await ask<SessionView>('/api/account', 'PATCH', body));
}

/** Lists where the account is signed in. */
export async function listSessions(): Promise<SessionSummary[]> {
  return ask<SessionSummary[]>('/api/account/sessions', 'GET');
}

/** Signs out one place. */
export async function endSession(id: string): Promise<void> {
  await ask(`/api/account/sessions/${encodeURIComponent(id)}`, 'DELETE');
}

/** Signs out every other place. */
export async function endOtherSessions(): Promise<void> {
  await ask('/api/account/sessions', 'DELETE');
}

/** Lists the account's API tokens. */
export async function listTokens(): Promise<ApiTokenSummary[]> {
  return ask<ApiTokenSummary[]>('/api/account/tokens', 'GET');
}

/** Makes an API token; the only time that its value is told. */
export async function createToken(body: CreateApiToken): Promise<CreatedApiToken> {
  return ask<CreatedApiToken>('/api/account/tokens', 'POST', body);
}

/** Ends an API token for good. */
export async function revokeToken(id: string): Promise<void> {
  await ask(`/api/account/tokens/${encodeURIComponent(id)}`, 'DELETE');
}

/** Tells what an invitation offers. */
export async function lookAtInvitation(code: string): Promise<InvitationOffer> {
  return ask<InvitationOffer>('/api/invitations/look', 'POST', { code });
}

/** Takes what an invitation offers, as who is signed in. */
export async function acceptInvitation(code: string): Promise<void> {
  await ask('/api/invitations/accept', 'POST', { code });
  takeSession(await renewSession());
}
