/** What a server answered when it did not do what it was asked over HTTP. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${status} ${detail}`);
  }

  /** True when the same request cannot succeed later by itself. */
  get lasting(): boolean {
    return [400, 401, 403, 404, 405, 413, 415, 422].includes(this.status);
  }

  /** Reads a refusal from an answer, with the text of its problem+json body (RFC 9457) when it has one. */
  static async from(response: Response): Promise<RequestRefused> {
    const retryAfter = Number.parseFloat(response.headers.get('retry-after') ?? '');
    const body: unknown = await response.json().catch(() => undefined);
    return new RequestRefused(
      response.status,
      problemText(body) ?? response.statusText,
      Number.isFinite(retryAfter) ? Math.max(0, retryAfter * 1000) : undefined,
    );
  }
}

function problemText(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('detail' in body && typeof body.detail === 'string') return body.detail;
  if ('title' in body && typeof body.title === 'string') return body.title;
  return undefined;
}
