/** A server answered a WHIP or WHEP request with anything but what was asked for. */
export class SessionRefused extends Error {
  override readonly name = 'SessionRefused';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, detail: string) {
    super(`${status}: ${detail}`);
    this.status = status;
  }
}

/** The HTTP side of a WHIP or WHEP session (RFC 9725 4). */
export class HttpSession {
  /** Absolute. */
  readonly url: string;
  /** The body of the 201. */
  readonly answer: string;
  readonly #token: string | undefined;
  #entityTag: string | undefined;
  #deleted = false;

  private constructor(url: string, answer: string, entityTag: string | undefined, token: string | undefined) {
    this.url = url;
    this.answer = answer;
    this.#entityTag = entityTag;
    this.#token = token;
  }

  /** Entity tag of the current ICE generation; undefined when the server gave none. */
  get entityTag(): string | undefined {
    return this.#entityTag;
  }

  /** Posts an offer. */
  static async open(endpoint: string, offer: string, token?: string, cookie?: string): Promise<HttpSession> {
    const headers = { ...authorization(token), ...(cookie && { cookie }), 'content-type': 'application/sdp' };
    const response = await fetch(endpoint, { method: 'POST', headers, body: offer });
    const body = await response.text();
    const location = response.headers.get('location');
    if (response.status !== 201 || location === null) throw new SessionRefused(response.status, body);
    const url = new URL(location, response.url).href;
    return new HttpSession(url, body, response.headers.get('etag') ?? undefined, token);
  }

  /** Patches the session with a fragment that restarts ICE; gives the fragment of the answer. */
  async restart(fragment: string): Promise<string> {
    const headers = {
      ...authorization(this.#token),
      'content-type': 'application/trickle-ice-sdpfrag',
      // RFC 9725 4.3.3: a restart does not depend on a generation.
      'if-match': '*',
    };
    const response = await fetch(this.url, { method: 'PATCH', headers, body: fragment });
    const body = await response.text();
    if (response.status !== 200) throw new SessionRefused(response.status, body);
    this.#entityTag = response.headers.get('etag') ?? undefined;
    return body;
  }

  /** Deletes the session; idempotent, and content with one that is already gone. */
  async delete(): Promise<void> {
    if (this.#deleted) return;
    this.#deleted = true;
    const response = await fetch(this.url, { method: 'DELETE', headers: authorization(this.#token) });
    const body = await response.text();
    if (!response.ok && response.status !== 404) throw new SessionRefused(response.status, body);
  }
}

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
