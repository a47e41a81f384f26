import type { RtpView, TrackCodec } from '@weir/rtp';
import type { Layer } from './layer.js';
import type { Producer } from './producer.js';

const MAX_SOURCES = 24;

/** What an SSRC stands for. */
export interface Source {
  readonly producer: Producer;
  readonly layer: Layer;
  readonly isRtx: boolean;
  readonly payloadType: number;
}

/** Tells which producer and layer each packet of a publisher belongs to: by SSRC, else by rid, mid or payload type (RFC 8843 9.2). */
export class SourceTable {
  readonly #producers: readonly Producer[];
  readonly #sources = new Map<number, Source>();

  constructor(producers: readonly Producer[]) {
    this.#producers = producers;
  }

  /** The layer that is sent with this SSRC, if it is known. */
  layerOf(ssrc: number): Layer | undefined {
    const source = this.#sources.get(ssrc);
    return source === undefined || source.isRtx ? undefined : source.layer;
  }

  /** The source of a packet; undefined when nothing was negotiated that it could be. */
  find(packet: Uint8Array, view: RtpView): Source | undefined {
    const known = this.#sources.get(view.ssrc);
    if (known !== undefined && known.payloadType === view.payloadType && known.producer.layers.includes(known.layer))
      return known;
    return this.#learn(packet, view);
  }

  #learn(packet: Uint8Array, view: RtpView): Source | undefined {
    const producer = this.#producerOf(packet, view);
    if (producer === undefined) return undefined;
    const source = this.#retransmissionOf(producer, packet, view) ?? this.#primaryOf(producer, packet, view);
    if (source === undefined) return undefined;
    if (this.#sources.size >= MAX_SOURCES) this.#sources.delete(this.#sources.keys().next().value!);
    this.#sources.set(view.ssrc, source);
    return source;
  }

  #producerOf(packet: Uint8Array, view: RtpView): Producer | undefined {
    let byPayloadType: Producer | undefined;
    for (const producer of this.#producers) {
      const { track } = producer;
      if (!track.codecs.some((codec) => accepts(codec, view.payloadType))) continue;
      if (track.ssrcs.includes(view.ssrc)) return producer;
      const mid = textExtension(packet, view, track.extensions.mid);
      if (mid === track.mid) return producer;
      if (mid === '') byPayloadType ??= producer;
    }
    return byPayloadType;
  }

  #retransmissionOf(producer: Producer, packet: Uint8Array, view: RtpView): Source | undefined {
    const codec = producer.track.codecs.find(({ rtxPayloadType }) => rtxPayloadType === view.payloadType);
    if (codec === undefined) return undefined;
    const rid = textExtension(packet, view, producer.track.extensions.repairedRid);
    const primary = producer.track.rtxSsrcs.find(({ rtx }) => rtx === view.ssrc)?.primary;
    const layer =
      producer.layers.find((candidate) => candidate.ssrc === primary || (rid !== '' && candidate.rid === rid)) ??
      (producer.layers.length === 1 ? producer.layers[0] : undefined);
    if (layer === undefined || layer.codec !== codec) return undefined;
    return { producer, layer, isRtx: true, payloadType: view.payloadType };
  }

  #primaryOf(producer: Producer, packet: Uint8Array, view: RtpView): Source | undefined {
    const codec = producer.codecOf(view.payloadType);
    if (codec === undefined) return undefined;
    const existing = producer.layers.find(({ ssrc }) => ssrc === view.ssrc);
    if (existing !== undefined && existing.codec === codec)
      return { producer, layer: existing, isRtx: false, payloadType: view.payloadType };
    const rid = existing?.rid ?? textExtension(packet, view, producer.track.extensions.rid);
    if (producer.track.rids.length > 0 && !producer.track.rids.includes(rid)) return undefined;
    const layer = producer.addLayer(view.ssrc, rid, codec);
    return layer === undefined ? undefined : { producer, layer, isRtx: false, payloadType: view.payloadType };
  }
}

function accepts(codec: TrackCodec, payloadType: number): boolean {
  return codec.payloadType === payloadType || codec.rtxPayloadType === payloadType;
}

function textExtension(packet: Uint8Array, view: RtpView, id: number | undefined): string {
  if (id === undefined) return '';
  const offset = view.extension(id);
  if (offset < 0) return '';
  let text = '';
  for (let i = 0; i < view.extensionLength(id); i++) text += String.fromCharCode(packet[offset + i]!);
  return text;
}
