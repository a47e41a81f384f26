import { asciiBytes } from './ascii.js';
import { parseIpAddress } from './ip-address.js';
import type { HmacSha1 } from './stun-format.js';
import { StunAttribute, StunType } from './stun-format.js';
import { StunWriter } from './stun-writer.js';

/** A Binding request as an ICE agent sends it (RFC 8445 7.2.2). */
export interface BindingRequest {
  /** 12 random bytes, new for each request that is not a retransmission. */
  readonly transactionId: Uint8Array;
  /** `remote ufrag:local ufrag`. */
  readonly username: string;
  /** Priority of a peer-reflexive candidate learnt from this check, 1 to 2^31 - 1. */
  readonly priority: number;
  readonly role: 'controlling' | 'controlled';
  /** 8 random bytes, the same for the life of the agent. */
  readonly tieBreaker: Uint8Array;
  /** Nominates the pair; only a controlling agent may. */
  readonly useCandidate: boolean;
}

/** Writes a Binding request signed with `key`, the password of the peer. */
export function writeBindingRequest(request: BindingRequest, key: Uint8Array, hmac: HmacSha1): Uint8Array {
  const writer = new StunWriter(StunType.bindingRequest, request.transactionId);
  writer.bytes(StunAttribute.username, asciiBytes(request.username));
  writer.uint32(StunAttribute.priority, request.priority);
  const role = request.role === 'controlling' ? StunAttribute.iceControlling : StunAttribute.iceControlled;
  writer.bytes(role, request.tieBreaker);
  if (request.useCandidate) writer.flag(StunAttribute.useCandidate);
  return writer.sign(key, hmac);
}

/** Writes the success response that tells the peer its address; undefined when `address` is no IP address. */
export function writeBindingSuccess(
  transactionId: Uint8Array,
  address: string,
  port: number,
  key: Uint8Array,
  hmac: HmacSha1,
): Uint8Array | undefined {
  const ip = parseIpAddress(address);
  if (ip === undefined) return undefined;
  const writer = new StunWriter(StunType.bindingSuccess, transactionId);
  writer.xorAddress(StunAttribute.xorMappedAddress, ip, port);
  return writer.sign(key, hmac);
}

/** What an error response says (RFC 8489 14.8). */
export interface BindingError {
  /** 300 to 699. */
  readonly code: number;
  readonly reason: string;
  /** Attribute types for 420 (RFC 8489 14.9). */
  readonly unknownAttributes?: readonly number[];
}

/** Writes an error response; it is signed when there is a key to sign it with. */
export function writeBindingError(
  transactionId: Uint8Array,
  error: BindingError,
  key: Uint8Array | undefined,
  hmac: HmacSha1,
): Uint8Array {
  const writer = new StunWriter(StunType.bindingError, transactionId);
  const reason = asciiBytes(error.reason);
  const value = new Uint8Array(4 + reason.length);
  value[2] = Math.floor(error.code / 100);
  value[3] = error.code % 100;
  value.set(reason, 4);
  writer.bytes(StunAttribute.errorCode, value);
  if (error.unknownAttributes !== undefined)
    writer.uint16List(StunAttribute.unknownAttributes, error.unknownAttributes);
  return key === undefined ? writer.finish() : writer.sign(key, hmac);
}
