import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { play, publish } from '@weir/peer';
import { Inbox } from '../harness/inbox.js';
import { MediaSender } from '../harness/media-sender.js';
import { StalledViewer } from '../harness/stalled-viewer.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const FRAMES = 600;
const PACKETS = 40;
const PAYLOAD_BYTES = 1200;
const MIB = 1024 * 1024;

let server: WeirServer;

afterEach(() => server.stop());

function residentMib(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

it.each(['auto', 'js'])(
  'spends no memory on viewers who never read, and sends all to one who does, engine %s',
  async (engine) => {
    server = await startServer({
      WEIR_EGRESS: engine,
      WEIR_ICE_TIMEOUT_MS: '600000',
      WEIR_PUBLISH_MAX_BPS: '1000000000',
    });
    const publication = await publish(`${server.url}/whip/stalled`, { token: await server.createChannel('stalled') });
    const inbox = new Inbox();
    await play(`${server.url}/whep/stalled`, { events: { rtp: (packet, length) => inbox.rtp(packet, length) } });
    const endpoint = `${server.url}/whep/stalled`;
    const stalled = await Promise.all(Array.from({ length: 4 }, () => StalledViewer.play(endpoint)));
    const { ssrc, payloadType } = publication.tracks.video;
    const video = new MediaSender(publication.peer, {
      ssrc,
      payloadType,
      ticksPerFrame: 3000,
      payloadBytes: PAYLOAD_BYTES,
    });
    const sequences: number[] = [];
    const send = async (isFirst: boolean): Promise<void> => {
      for (let i = 0; i < FRAMES; i++) {
        video.frame(PACKETS, isFirst && i === 0);
        await inbox.until('the frame', () => inbox.packets.length === PACKETS);
        for (const { sequenceNumber } of inbox.packets.splice(0)) sequences.push(sequenceNumber);
      }
    };
    await send(true);
    const sentMib = (FRAMES * PACKETS * PAYLOAD_BYTES * stalled.length) / MIB;
    const grownMib: number[] = [];
    // What is not collected yet counts too, once; what is kept for viewers grows each time.
    do {
      const before = residentMib();
      await send(false);
      grownMib.push(residentMib() - before);
    } while (grownMib.at(-1)! >= sentMib / 2 && grownMib.length < 3);
    expect(grownMib.at(-1)).toBeLessThan(sentMib / 2);

    expect(sequences).toHaveLength((1 + grownMib.length) * FRAMES * PACKETS);
    const steps = sequences.slice(1).map((sequence, i) => (sequence - sequences[i]!) & 0xffff);
    expect(new Set(steps)).toEqual(new Set([1]));
    await Promise.all(stalled.map((viewer) => viewer.stop()));
  },
  240_000,
);
