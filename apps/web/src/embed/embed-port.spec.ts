import { describe, expect, it } from 'vitest';
import { EmbedPort } from './embed-port.js';
import type { EmbedRequest, EmbedState } from './embed-port.js';

const STATE: EmbedState = {
  channel: 'demo',
  state: 'connected',
  paused: false,
  muted: true,
  volume: 1,
  via: 'real-time',
  delayMs: 180,
};

function scene() {
  const told: { message: unknown; to: string }[] = [];
  const asked: EmbedRequest[] = [];
  const host = { postMessage: (message: unknown, to: string) => told.push({ message, to }) };
  const port = new EmbedPort(
    host,
    (request) => asked.push(request),
    () => STATE,
  );
  const receive = (data: unknown, origin = 'https://blog.example', source: object | null = host) =>
    port.receive({ data, origin, source: source as unknown as Window });
  return { told, asked, port, receive };
}

describe('EmbedPort', () => {
  it('does what the page around asks, and answers with the state to its origin and no other', () => {
    const { told, asked, receive } = scene();
    for (const weir of ['play', 'pause', 'mute', 'unmute', 'state']) receive({ weir });
    expect(asked).toEqual(['play', 'pause', 'mute', 'unmute', 'state']);
    expect(told).toHaveLength(5);
    expect(told[0]).toEqual({ message: { weir: 'state', ...STATE }, to: 'https://blog.example' });
  });

  it('tells nothing to a page that has asked for nothing', () => {
    const { told, port } = scene();
    port.tell();
    expect(told).toEqual([]);
  });

  it('goes on telling who has asked', () => {
    const { told, port, receive } = scene();
    receive({ weir: 'state' });
    port.tell();
    expect(told.map(({ to }) => to)).toEqual(['https://blog.example', 'https://blog.example']);
  });

  it('hears no other window, and none whose origin is hidden', () => {
    const { told, asked, receive } = scene();
    receive({ weir: 'play' }, 'https://evil.example', {});
    receive({ weir: 'play' }, 'https://evil.example', null);
    receive({ weir: 'play' }, 'null');
    receive({ weir: 'play' }, '');
    expect([told, asked]).toEqual([[], []]);
  });

  it('passes over whatever is no request', () => {
    const { told, asked, receive } = scene();
    for (const data of [
      null,
      undefined,
      1,
      'play',
      [],
      {},
      { weir: 'close' },
      { weir: { play: 1 } },
      { weir: ['play'] },
    ]) {
      receive(data);
    }
    expect([told, asked]).toEqual([[], []]);
  });
});
