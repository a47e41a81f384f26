import { isReservedName } from '@weir/auth';
import { ChatRefused } from './chat-refused.js';
import { isBlank, shownText } from './message-text.js';

const pattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'-]{0,30}[\p{L}\p{M}\p{N}.]$/u;

/** The name that a guest asks for as it is shown; throws ChatRefused unless it is 2 to 32 letters and digits that claim no office. */
export function guestName(asked: string): string {
  const name = shownText(asked.normalize('NFKC'));
  if (!pattern.test(name) || isBlank(name)) {
    throw new ChatRefused(
      'name-invalid',
      'A name has 2 to 32 letters and digits, with spaces, ".", "_", "-" or "\'" between.',
    );
  }
  if (isReservedName(name)) throw new ChatRefused('name-taken', `The name "${name}" is reserved: choose another.`);
  return name;
}
