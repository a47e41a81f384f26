import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES } from '@weir/ice';
import { createDepacketizer, type Depacketizer, joinAnnexB, type MediaFrame, ReorderBuffer } from '@weir/rtp';
import type { TapEvent, TapPacket } from '@weir/sfu';
import { answerPublisher, checkOffer } from '@weir/whip';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChromium } from '../harness/chromium.js';
import { LocalPool } from '../harness/local-pool.js';
import { FFMPEG, programPath } from '../harness/requirements.js';
import { until } from '../harness/until.js';

const CODECS = ['h264', 'vp8', 'vp9', 'av1'] as const;
type Codec = (typeof CODECS)[number];

const FRAMES = 60;
/** What a busy machine drops is sent again, however late. */
const PATIENCE_MS = 10_000;
const IVF_HEADER_BYTES = 32;
const IVF_FRAME_HEADER_BYTES = 12;
const FOURCC: Readonly<Record<Codec, string>> = { h264: '', vp8: 'VP80', vp9: 'VP90', av1: 'AV01' };

let browser: Browser;
let pool: LocalPool;

beforeAll(async () => {
  [browser, pool] = await Promise.all([startChromium(), LocalPool.open({ workers: 2, viewersPerWorker: 100 })]);
});

afterAll(async () => {
  await browser?.close();
  await pool?.close();
});

it.each(CODECS)('takes the %s of a real browser apart so that every frame decodes', async (codec) => {
  const page = await browser.newPage();
  // Only pages of a secure origin get a camera.
  await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('http://localhost/');
  const media = new TappedPicture(pool, codec);
  await publish(page, codec);
  await until(() => media.frames.length >= FRAMES / 2, { what: `frames of ${codec}`, timeoutMs: 60_000 });
  // A program that is started later begins with the key frame, however long ago that was.
  const late = new TappedPicture(pool, codec);
  await until(() => late.frames.length >= FRAMES, { what: `more frames of ${codec}`, timeoutMs: 90_000 });
  await page.close();

  for (const { frames, asked, malformed, sources } of [media, late]) {
    expect([asked, malformed, sources.size]).toEqual([0, 0, 1]);
    expect(frames[0]!.isKey).toBe(true);
    expect(frames[0]!.width / frames[0]!.height).toBeCloseTo(640 / 480, 1);
  }
  expect(late.frames[0]!.units).toEqual(
    media.frames.findLast(({ isKey, timestamp }) => isKey && timestamp === late.frames[0]!.timestamp)?.units,
  );
  expect(await decodedFrames(codec, media.frames)).toBe(media.frames.length);
});

/** What a program does with the picture of a tap, up to the decoder. */
class TappedPicture {
  readonly frames: MediaFrame[] = [];
  readonly sources = new Set<number>();
  asked = 0;
  readonly #depacketizer: Depacketizer;
  readonly #order: ReorderBuffer<TapPacket>;

  constructor({ pool }: LocalPool, codec: Codec) {
    this.#depacketizer = createDepacketizer(codec, {
      frame: (frame) => this.frames.push(frame),
      wantKeyFrame: () => (this.asked += 1),
    })!;
    this.#order = new ReorderBuffer<TapPacket>(
      { kind: 'video', deadlineMs: PATIENCE_MS },
      { packet: (packet) => this.#depacketizer.push(packet), lost: () => undefined },
    );
    pool.tap(codec, (event) => this.#take(event));
  }

  get malformed(): number {
    return this.#depacketizer.malformed;
  }

  #take(event: TapEvent): void {
    if (event.type !== 'packets' || event.kind !== 'video') return;
    this.sources.add(event.source);
    for (const packet of event.packets) this.#order.push(packet, performance.now());
  }
}

async function publish(page: Page, codec: Codec): Promise<void> {
  const offer = await page.evaluate(
    `(async () => {
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
      const peer = (globalThis.peer = new RTCPeerConnection());
      for (const track of media.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [media] });
      const [video] = peer.getTransceivers().filter(({ sender }) => sender.track.kind === 'video');
      const { codecs } = RTCRtpSender.getCapabilities('video');
      const isWanted = ({ mimeType }) => ['video/${codec}', 'video/rtx'].includes(mimeType.toLowerCase());
      video.setCodecPreferences(codecs.filter(isWanted));
      await peer.setLocalDescription();
      return peer.localDescription.sdp;
    })()`,
  );
  const id = randomUUID();
  const checked = checkOffer(offer as string, 'publish');
  const place = pool.pool.reserve(codec, id, 'publish')!;
  const local = createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
  const answer = answerPublisher(checked, {
    sessionId: '1',
    local,
    fingerprint: pool.pool.fingerprint,
    candidates: place.candidates,
  });
  place.publish({
    id,
    local,
    remote: checked.ice,
    dtlsRole: answer.dtlsRole,
    remoteFingerprints: checked.fingerprints,
    certificateFingerprint: pool.pool.fingerprint.value,
    tracks: answer.tracks,
  });
  await page.evaluate(`peer.setRemoteDescription({ type: 'answer', sdp: ${JSON.stringify(answer.sdp)} })`);
}

/** How many frames FFmpeg decodes; rejects at the first that is not whole. */
async function decodedFrames(codec: Codec, frames: readonly MediaFrame[]): Promise<number> {
  const path = await programPath(FFMPEG);
  const input = codec === 'h264' ? 'h264' : 'ivf';
  const output = ['-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', 'pipe:1'];
  const ffmpeg = spawn(path, ['-v', 'error', '-xerror', '-f', input, '-i', 'pipe:0', ...output]);
  let text = '';
  let faults = '';
  ffmpeg.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  ffmpeg.stderr.setEncoding('utf8').on('data', (part: string) => (faults += part));
  const units = frames.map((frame) => (codec === 'h264' ? joinAnnexB(frame.units) : Buffer.concat(frame.units)));
  ffmpeg.stdin.end(Buffer.concat(codec === 'h264' ? units : [ivfHeader(codec), ...units.flatMap(ivfFrame)]));
  const [code] = (await once(ffmpeg, 'close')) as [number];
  expect([code, faults]).toEqual([0, '']);
  return text.split('\n').filter((line) => line.startsWith('0,')).length;
}

function ivfHeader(codec: Codec): Buffer {
  const header = Buffer.alloc(IVF_HEADER_BYTES);
  header.write('DKIF', 0);
  header.writeUInt16LE(IVF_HEADER_BYTES, 6);
  header.write(FOURCC[codec], 8);
  header.writeUInt16LE(640, 12);
  header.writeUInt16LE(480, 14);
  header.writeUInt32LE(30, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

function ivfFrame(frame: Uint8Array, index: number): Buffer[] {
  const header = Buffer.alloc(IVF_FRAME_HEADER_BYTES);
  header.writeUInt32LE(frame.length, 0);
  header.writeUInt32LE(index, 4);
  return [header, Buffer.from(frame)];
}
