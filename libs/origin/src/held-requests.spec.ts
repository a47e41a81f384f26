import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOf, refusal } from './answer.js';
import { type HeldQueue, type HeldRequest, HeldRequests } from './held-requests.js';

class SimulatedResponse extends EventEmitter {
  readonly destroyed = false;
  headersSent = false;
  status = 0;
  body: Buffer | undefined;

  hasHeader(): boolean {
    return false;
  }

  writeHead(status: number): void {
    this.headersSent = true;
    this.status = status;
  }

  end(body: Buffer): void {
    this.body = body;
  }
}

const late = refusal(503, 'late', 0);
const ok = answerOf(200, 'text/plain', Buffer.from('playlist'), 1);

let held: HeldRequests;

beforeEach(() => {
  vi.useFakeTimers();
  held = new HeldRequests({ heldMax: 4, heldPerAddress: 3 });
});

afterEach(() => {
  expect(held.count).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function hold(queue: HeldQueue, address = '192.0.2.1', forMs = 6000): SimulatedResponse {
  const response = new SimulatedResponse();
  const request: HeldRequest = {
    response: response as unknown as ServerResponse,
    address,
    acceptsGzip: false,
    skips: false,
    late,
    deadlineMs: performance.now() + forMs,
  };
  held.hold(request, queue);
  return response;
}

describe('HeldRequests', () => {
  it('answers a queue in the order in which it came, with one body', () => {
    const queue: HeldQueue = new Set();
    const responses = [hold(queue), hold(queue), hold(queue)];
    const order: SimulatedResponse[] = [];
    held.answer(queue, ({ response }) => {
      order.push(response as unknown as SimulatedResponse);
      return ok;
    });
    expect(order).toEqual(responses);
    for (const response of responses) expect([response.status, response.body === ok.body]).toEqual([200, true]);
    expect(queue.size).toBe(0);
  });

  it('ends those that waited too long, and no other', () => {
    const queue: HeldQueue = new Set();
    const short = hold(queue, '192.0.2.1', 1000);
    const long = hold(queue, '192.0.2.2', 3000);
    vi.advanceTimersByTime(1400);
    expect([short.status, long.status]).toEqual([503, 0]);
    expect(queue.size).toBe(1);
    vi.advanceTimersByTime(2000);
    expect(long.status).toBe(503);
  });

  it('forgets clients that leave', () => {
    const queue: HeldQueue = new Set();
    hold(queue).emit('close');
    expect([queue.size, held.count]).toEqual([0, 0]);
  });

  it('bounds the requests of an address and all together', () => {
    const queue: HeldQueue = new Set();
    for (let request = 0; request < 3; request++) hold(queue);
    expect(hold(queue).status).toBe(429);
    hold(queue, '192.0.2.2');
    expect(hold(queue, '192.0.2.3').status).toBe(503);
    held.answer(queue, () => ok);
    expect(hold(queue).status).toBe(0);
    held.close();
  });

  it('holds nothing any more when it is closed', () => {
    const response = hold(new Set());
    held.close();
    expect([response.status, hold(new Set()).status]).toEqual([503, 503]);
  });
});
