import { RequestRefused } from '../media/request-refused.js';
import { openSession, renewSession, session } from './session.js';

/**
 * Asks the API as who is signed in and reads the answer; throws RequestRefused. An answer without a body reads as undefined. A body that is
 * a Blob goes as it is, any other as JSON.
 */
export async function ask<Answer>(path: string, method: string, body?: object): Promise<Answer> {
  const changes = method !== 'GET';
  const csrf = changes ? (await openSession()).csrf : null;
  let response = await send(path, method, body, csrf);
  if (changes && (response.status === 401 || response.status === 403)) {
    const renewed = await renewSession().catch(() => undefined);
    if (renewed !== undefined && renewed.csrf !== csrf && renewed.csrf !== null) {
      response = await send(path, method, body, renewed.csrf);
    }
  } else if (response.status === 401 && session.value?.account) {
    void renewSession().catch(() => undefined);
  }
  if (!response.ok) throw await RequestRefused.from(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

function send(path: string, method: string, body: object | undefined, csrf: string | null): Promise<Response> {
  const json = body !== undefined && !(body instanceof Blob);
  return fetch(path, {
    method,
    headers: {
      ...(json && { 'Content-Type': 'application/json' }),
      ...(csrf !== null && { 'X-Weir-CSRF': csrf }),
    },
    body: json ? JSON.stringify(body) : body instanceof Blob ? body : null,
  });
}
