import type { BrowserContext } from 'playwright-core';
import type { WeirServer } from './weir-server.js';

const PASSWORD = 'correct horse battery';

/** The API refused something; the message has the status and what was said. */
export class PersonRefused extends Error {
  override readonly name = 'PersonRefused';
}

/** Somebody with an account on a server under test, as his browser: cookies, and the token against cross-site requests. */
export class Person {
  readonly #cookies = new Map<string, string>();
  #csrf = '';

  /** Makes the first account, by the link that the start card shows. */
  static async first(server: WeirServer, name = 'Ada'): Promise<Person> {
    return new Person(server, name).#signUp({ setup: setupCode(server) });
  }

  /** Makes an account with the code of an invitation. */
  static async invited(server: WeirServer, name: string, invitation: string): Promise<Person> {
    return new Person(server, name).#signUp({ invitation });
  }

  /** Makes an account where sign-up is open. */
  static async walkIn(server: WeirServer, name: string): Promise<Person> {
    return new Person(server, name).#signUp({});
  }

  private constructor(
    readonly server: WeirServer,
    readonly name: string,
  ) {}

  /** Every test account has this one. */
  get password(): string {
    return PASSWORD;
  }

  /** Asks the API as this person; the answer's JSON, undefined when it has none. Throws PersonRefused. */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.request(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new PersonRefused(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** Asks the API as this person, whatever the answer. */
  async request(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(this.server.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        cookie: this.cookie,
        'x-weir-csrf': this.#csrf,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    this.#keep(response);
    if (/^\/api\/(session|accounts?)$/.test(path) && response.ok) await this.#keepToken(response.clone());
    return response;
  }

  /** Makes a channel and a stream key for it; returns the key's value. */
  async createChannel(name: string, settings: object = {}): Promise<string> {
    await this.ask('POST', '/api/channels', { name, ...settings });
    return (await this.ask<{ key: string }>('POST', `/api/channels/${name}/keys`, { label: 'test' })).key;
  }

  /** The `Cookie` header of this person's browser. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The token that requests with this person's cookies need. */
  get csrf(): string {
    return this.#csrf;
  }

  /** Signs a browser in as this person. */
  async enter(context: BrowserContext): Promise<void> {
    await context.addCookies([...this.#cookies].map(([name, value]) => ({ name, value, url: this.server.url })));
  }

  async #signUp(code: object): Promise<Person> {
    await this.ask('POST', '/api/accounts', { name: this.name, password: PASSWORD, ...code });
    return this;
  }

  async #keepToken(response: Response): Promise<void> {
    const { csrf } = (await response.json()) as { csrf?: string | null };
    if (csrf !== undefined) this.#csrf = csrf ?? '';
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const equals = pair.indexOf('=');
      if (pair.slice(equals + 1) === '' || /;\s*max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, equals));
      else this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  }
}

/** The code of the one-time link that a server without accounts prints. */
export function setupCode(server: WeirServer): string {
  const [, code] = /\/setup#code=([\w-]+)/.exec(server.output) ?? [];
  if (code === undefined) throw new PersonRefused(`There is no setup link in:\n${server.output}`);
  return code;
}
