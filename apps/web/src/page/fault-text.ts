import { faultWords } from '../language/fault.js';
import { RequestRefused } from '../media/request-refused.js';

/** Texts of a page's own for some statuses of HTTP. */
export type StatusTexts = Readonly<Partial<Record<number, string>>>;

/** What went wrong, in a sentence for people; `own` has what a page says better for a status. */
export function faultText(fault: unknown, own: StatusTexts = {}): string {
  const words = faultWords.value;
  if (!(fault instanceof RequestRefused)) return words.unreachable;
  const { status, detail, retryAfterMs } = fault;
  if (own[status] !== undefined) return own[status];
  if (status === 401) return words.signedOut;
  if (status === 403) return words.forbidden;
  if (status === 404) return words.missing;
  if (status === 409) return words.exists;
  if (status === 413) return words.tooLarge;
  if (status === 429) return words.tooOften(Math.ceil((retryAfterMs ?? 60_000) / 1000));
  if (status === 503) return words.busy;
  return status >= 500 ? words.broken : words.other(detail);
}
