import { randomBytes } from 'node:crypto';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES, type IceCredentials } from '@weir/ice';

/** New credentials for this side of a session. */
export function newIceCredentials(): IceCredentials {
  return createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
}
