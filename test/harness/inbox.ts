import { readRtcp, type ReportBlock, RtpView } from '@weir/rtp';

/** An RTP packet as a viewer got it. */
export interface ReceivedPacket {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Buffer;
}

/** One thing that RTCP told. */
export type ReceivedFeedback =
  | { readonly kind: 'sender-report'; readonly ssrc: number; readonly ntpMs: number; readonly rtpTimestamp: number }
  | { readonly kind: 'report-block'; readonly block: ReportBlock }
  | { readonly kind: 'nack'; readonly ssrc: number; readonly packetId: number; readonly bitmask: number }
  | { readonly kind: 'picture-loss'; readonly ssrc: number }
  | { readonly kind: 'remb'; readonly bitrateBps: number };

interface Waiter {
  readonly isDone: () => boolean;
  readonly resolve: () => void;
}

const TIMEOUT_MS = 30_000;
const view = new RtpView();

/** Keeps what a peer received and lets a test wait for it. */
export class Inbox {
  readonly packets: ReceivedPacket[] = [];
  readonly feedback: ReceivedFeedback[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Packets of one SSRC in the order of arrival. */
  of(ssrc: number): ReceivedPacket[] {
    return this.packets.filter((packet) => packet.ssrc === ssrc);
  }

  /** Resolves as soon as the condition holds after an arrival; rejects after half a minute. */
  async until(what: string, isDone: () => boolean): Promise<void> {
    if (isDone()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited for ${what} in vain.`)), TIMEOUT_MS);
      const waiter: Waiter = {
        isDone,
        resolve: () => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve();
        },
      };
      this.#waiters.add(waiter);
    });
  }

  rtp(packet: Buffer, length: number): void {
    if (!view.read(packet, length)) return;
    const { ssrc, payloadType, sequenceNumber, timestamp, marker, payloadOffset, payloadLength } = view;
    const payload = Buffer.from(packet.subarray(payloadOffset, payloadOffset + payloadLength));
    this.packets.push({ ssrc, payloadType, sequenceNumber, timestamp, marker, payload });
    this.#wake();
  }

  rtcp(packet: Buffer, length: number): void {
    readRtcp(packet, length, {
      senderReport: (ssrc, seconds, fraction, rtpTimestamp) =>
        this.feedback.push({
          kind: 'sender-report',
          ssrc,
          ntpMs: seconds * 1000 + (fraction * 1000) / 2 ** 32,
          rtpTimestamp,
        }),
      reportBlock: (_reporter, block) => this.feedback.push({ kind: 'report-block', block: { ...block } }),
      nack: (_sender, ssrc, packetId, bitmask) => this.feedback.push({ kind: 'nack', ssrc, packetId, bitmask }),
      pictureLoss: (_sender, ssrc) => this.feedback.push({ kind: 'picture-loss', ssrc }),
      remb: (_sender, bitrateBps) => this.feedback.push({ kind: 'remb', bitrateBps }),
    });
    this.#wake();
  }

  #wake(): void {
    for (const waiter of this.#waiters) if (waiter.isDone()) waiter.resolve();
  }
}
