import { signal } from '@preact/signals';
import type { SessionView } from '@weir/contract';
import { RequestRefused } from '../media/request-refused.js';

const tabs = new BroadcastChannel('weir.session');

/** Who uses the page; undefined until the server has said it. */
export const session = signal<SessionView | undefined>(undefined);

let asked: Promise<SessionView> | undefined;

tabs.addEventListener('message', () => void renewSession().catch(() => undefined));

/** Asks the server once for each page who uses it; throws RequestRefused or TypeError, and asks again after that. */
export function openSession(): Promise<SessionView> {
  asked ??= read().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

/** Asks again, for an answer that tells that something changed; throws as openSession does. */
export function renewSession(): Promise<SessionView> {
  asked = undefined;
  return openSession();
}

/** Takes what the server told when it signed in or out, and lets the other tabs ask. */
export function takeSession(view: SessionView): void {
  asked = Promise.resolve(view);
  session.value = view;
  tabs.postMessage('changed');
}

async function read(): Promise<SessionView> {
  const response = await fetch('/api/session');
  if (!response.ok) throw await RequestRefused.from(response);
  session.value = (await response.json()) as SessionView;
  return session.value;
}
