import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import {
  AccountNameTaken,
  AccountUnknown,
  ApiTokenUnknown,
  BodyIncomplete,
  BodyTooLarge,
  CredentialsRejected,
  CrossSite,
  CsrfMissing,
  InsecureTransport,
  InvitationInvalid,
  InvitationNeeded,
  InvitationUnknown,
  NotAllowed,
  PasswordRejected,
  PasswordsExhausted,
  ScopeMissing,
  SetupCodeRejected,
  SignInNeeded,
  SignInUnknown,
  StreamKeyForeign,
  StreamKeyRejected,
  StreamKeyResting,
  TooManyAttempts,
} from '@weir/auth';
import {
  AvatarInvalid,
  AvatarUnknown,
  BannedFromChannel,
  ChannelExists,
  ChannelInUse,
  ChannelUnknown,
  LastOwner,
  MemberBanned,
  MemberUnknown,
  OwnerNotBannable,
  RoleMissing,
  StreamKeyUnknown,
  StreamNotLive,
} from '@weir/channels';
import { BanUnknown } from '@weir/chat';
import type { Problem } from '@weir/contract';
import { ProgramOff } from '@weir/programs';
import {
  CaptionLanguageInvalid,
  CaptionsExhausted,
  CaptionsMalformed,
  CaptionUnknown,
  ClipInvalid,
  ClipsExhausted,
  CompositionImpossible,
  CompositionRunning,
  CompositionsExhausted,
  RecordingFileUnknown,
  RecordingNotReady,
  RecordingRunning,
  RecordingUnknown,
  ShareLinkInvalid,
} from '@weir/recording';
import {
  AddressExhausted,
  EntityTagMismatch,
  EntityTagMissing,
  FragmentRejected,
  MediaTypeUnsupported,
  MethodNotAllowed,
  OfferRejected,
  RestartTooSoon,
  SessionsExhausted,
  SessionUnknown,
} from '@weir/signalling';
import {
  GuestNotConnected,
  GuestUnknown,
  NothingToUndo,
  RemovedFromStage,
  StageFull,
  StageImageInvalid,
  StageImagesExhausted,
  StageImageUnknown,
} from '@weir/stage-control';
import { DatabaseUnavailable, ObjectStorageFailed } from '@weir/store';
import { BodyMalformed } from './json-body.js';

/** An error as HTTP tells it. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

type ErrorClass = abstract new (...args: never[]) => Error;

const statuses: readonly (readonly [ErrorClass, number])[] = [
  [AvatarInvalid, 400],
  [BodyMalformed, 400],
  [CaptionLanguageInvalid, 400],
  [CaptionsMalformed, 400],
  [ClipInvalid, 400],
  [FragmentRejected, 400],
  [StageImageInvalid, 400],
  [CredentialsRejected, 401],
  [PasswordRejected, 401],
  [SignInNeeded, 401],
  [StreamKeyRejected, 401],
  [BannedFromChannel, 403],
  [CrossSite, 403],
  [CsrfMissing, 403],
  [InsecureTransport, 403],
  [InvitationInvalid, 403],
  [InvitationNeeded, 403],
  [NotAllowed, 403],
  [OwnerNotBannable, 403],
  [RemovedFromStage, 403],
  [RoleMissing, 403],
  [ScopeMissing, 403],
  [SetupCodeRejected, 403],
  [ShareLinkInvalid, 403],
  [StreamKeyForeign, 403],
  [StreamKeyResting, 403],
  [AccountUnknown, 404],
  [ApiTokenUnknown, 404],
  [AvatarUnknown, 404],
  [BanUnknown, 404],
  [CaptionUnknown, 404],
  [ChannelUnknown, 404],
  [GuestUnknown, 404],
  [InvitationUnknown, 404],
  [MemberUnknown, 404],
  [ProgramOff, 404],
  [RecordingFileUnknown, 404],
  [RecordingUnknown, 404],
  [SessionUnknown, 404],
  [SignInUnknown, 404],
  [StageImageUnknown, 404],
  [StreamKeyUnknown, 404],
  [MethodNotAllowed, 405],
  [BodyIncomplete, 408],
  [AccountNameTaken, 409],
  [CaptionsExhausted, 409],
  [ChannelExists, 409],
  [ChannelInUse, 409],
  [GuestNotConnected, 409],
  [CompositionImpossible, 409],
  [CompositionRunning, 409],
  [LastOwner, 409],
  [MemberBanned, 409],
  [NothingToUndo, 409],
  [RecordingNotReady, 409],
  [RecordingRunning, 409],
  [StageFull, 409],
  [StageImagesExhausted, 409],
  [StreamNotLive, 409],
  [EntityTagMismatch, 412],
  [BodyTooLarge, 413],
  [MediaTypeUnsupported, 415],
  [EntityTagMissing, 428],
  [AddressExhausted, 429],
  [RestartTooSoon, 429],
  [TooManyAttempts, 429],
  [ClipsExhausted, 503],
  [CompositionsExhausted, 503],
  [DatabaseUnavailable, 503],
  [ObjectStorageFailed, 503],
  [PasswordsExhausted, 503],
  [SessionsExhausted, 503],
];

/** What an error means in HTTP; undefined when it is a fault of the server. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = statusOf(error);
  if (status === undefined || status < 400 || (status >= 500 && status !== 501 && status !== 503)) return undefined;
  return { problem: problemOf(status, detailOf(error)), headers: headersOf(error) };
}

/** A problem without a type of its own (RFC 9457 4.2.1). */
export function problemOf(status: number, detail?: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, ...(detail === undefined ? {} : { detail }) };
}

function statusOf(error: Error): number | undefined {
  if (error instanceof OfferRejected) return error.status;
  if (error instanceof HttpException) return error.getStatus();
  const known = statuses.find(([errorClass]) => error instanceof errorClass);
  if (known !== undefined) return known[1];
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : undefined;
}

function detailOf(error: Error): string {
  if (!(error instanceof HttpException)) return error.message;
  const { message } = error.getResponse() as { message?: unknown };
  return Array.isArray(message) ? message.join('; ') : error.message;
}

function headersOf(error: Error): Record<string, string> {
  const challenge = challengeOf(error);
  if (challenge !== undefined) return { 'WWW-Authenticate': `Bearer realm="weir"${challenge}` };
  if (error instanceof TooManyAttempts) return { 'Retry-After': String(error.retryAfterSeconds) };
  if (error instanceof MethodNotAllowed) return { Allow: error.allowed.join(', ') };
  if (error instanceof BodyIncomplete) return { Connection: 'close' };
  if (error instanceof StreamNotLive) return { 'Retry-After': '3' };
  if (error instanceof RestartTooSoon) return { 'Retry-After': '1' };
  if (error instanceof DatabaseUnavailable || error instanceof PasswordsExhausted) return { 'Retry-After': '5' };
  if (error instanceof ClipsExhausted) return { 'Retry-After': '10' };
  if (error instanceof CompositionsExhausted) return { 'Retry-After': '60' };
  if (error instanceof AddressExhausted) return { 'Retry-After': '10' };
  // RFC 9725 4.5: set apart, so that clients do not all come back at once.
  if (error instanceof SessionsExhausted) return { 'Retry-After': String(5 + Math.floor(Math.random() * 10)) };
  if (!(error instanceof MediaTypeUnsupported)) return {};
  if (error.expected === 'text/vtt') return {};
  return error.expected === 'application/sdp' ? { 'Accept-Post': error.expected } : { 'Accept-Patch': error.expected };
}

/** What RFC 6750 3.1 adds to a challenge: no error code when the request had no token at all. */
function challengeOf(error: Error): string | undefined {
  if (error instanceof StreamKeyRejected) return error.given ? ', error="invalid_token"' : '';
  if (error instanceof CredentialsRejected) return ', error="invalid_token"';
  if (error instanceof ScopeMissing) return ', error="insufficient_scope"';
  return error instanceof SignInNeeded || error instanceof PasswordRejected ? '' : undefined;
}
