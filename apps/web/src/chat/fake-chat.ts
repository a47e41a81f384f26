import type { ChatAnswers, ChatEvents, ChatMessage, ChatReply, ChatSelf } from '@weir/contract';
import type { ChatListener, ChatSocket } from './chat-socket.js';

/** A request that a room sent, to be answered by the spec. */
export interface FakeRequest {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: (answer: unknown) => Promise<void>;
  readonly refuse: (code: string, retryAfterMs?: number) => Promise<void>;
  /** The connection ends before there is an answer, or it takes too long. */
  readonly lose: () => Promise<void>;
}

/** Stands in for the connection to the chat where a spec is about the room alone. */
export class FakeChat implements ChatSocket {
  readonly requests: FakeRequest[] = [];
  isOpen = false;
  renewals = 0;

  constructor(readonly listener: ChatListener) {}

  /** The last request of a name; throws when there is none. */
  last(name: string): FakeRequest {
    const found = this.requests.findLast((request) => request.name === name);
    if (found === undefined) throw new Error(`no request "${name}"`);
    return found;
  }

  count(name: string): number {
    return this.requests.filter((request) => request.name === name).length;
  }

  open(): void {
    this.isOpen = true;
    this.listener.connected();
  }

  renew(): void {
    this.renewals += 1;
  }

  nudge(): void {
    this.isOpen = true;
  }

  async request<Name extends keyof ChatAnswers>(name: Name, body: object): Promise<ChatReply<ChatAnswers[Name]>> {
    return new Promise((resolve, reject) => {
      this.requests.push({
        name,
        body: body as Record<string, unknown>,
        answer: (answer) => settled(() => resolve({ ok: true, answer: answer as ChatAnswers[Name] })),
        refuse: (code, retryAfterMs) => settled(() => resolve(refusal(code, retryAfterMs))),
        lose: () => settled(() => reject(new Error('lost'))),
      });
    });
  }

  tell<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    this.listener.told([name, event] as Parameters<ChatListener['told']>[0]);
  }

  close(): void {
    this.isOpen = false;
  }
}

/** A guest called Ann. */
export const ann: ChatSelf = { author: 'g:ann', name: 'Ann', role: null, isAccount: false, follows: false };

/** A message as the server tells it. */
export function message(seq: number, more: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: `m${seq}`,
    channel: 'demo',
    seq,
    author: 'g:bob',
    name: 'Bob',
    role: null,
    body: `message ${seq}`,
    replyTo: null,
    clientId: `client-${seq}`,
    sentAtMs: 1_000_000 + seq * 1000,
    mediaAtMs: null,
    ...more,
  };
}

/** What joining is answered with. */
export function joined(messages: readonly ChatMessage[], more: Partial<ChatAnswers['join']> = {}): ChatAnswers['join'] {
  const settings = { mode: 'everyone', slowSeconds: 0, blockedWords: [], links: true } as const;
  return {
    you: ann,
    settings: { ...settings, blockedWords: [] },
    messages,
    gap: false,
    poll: null,
    choice: null,
    live: true,
    viewers: 1,
    ...more,
  };
}

function refusal(code: string, retryAfterMs: number | undefined): ChatReply<never> {
  const fault = { code, message: code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return { ok: false, fault } as ChatReply<never>;
}

/** Lets everything that waits for a promise run. */
async function settled(act: () => void): Promise<void> {
  act();
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
