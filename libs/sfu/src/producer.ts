import type { PublishedTrack, TrackCodec, TrackDescription } from '@weir/rtp';
import { bestLayer, Layer } from './layer.js';
import { silentTrack, type TrackFigures } from './layer-gauge.js';

const MAX_LAYERS = 8;

/** One incoming track of a publisher. */
export class Producer {
  readonly track: PublishedTrack;
  readonly layers: Layer[] = [];
  /** The layer that viewers get; undefined before the first packet. */
  current: Layer | undefined;

  constructor(track: PublishedTrack) {
    this.track = track;
  }

  /** The codec of a payload type; undefined when it was not negotiated. */
  codecOf(payloadType: number): TrackCodec | undefined {
    for (const codec of this.track.codecs) if (codec.payloadType === payloadType) return codec;
    return undefined;
  }

  /** Starts a layer; one of the same restriction id, or any other without simulcast, is replaced. Undefined when there are too many. */
  addLayer(ssrc: number, rid: string, codec: TrackCodec): Layer | undefined {
    const layer = new Layer(ssrc, rid, codec);
    const replaced = this.layers.findIndex((other) => other.rid === rid);
    if (replaced >= 0) {
      const [gone] = this.layers.splice(replaced, 1);
      if (this.current === gone) this.current = undefined;
    }
    if (this.layers.length >= MAX_LAYERS) return undefined;
    this.layers.push(layer);
    this.current ??= layer;
    return layer;
  }

  /** The publisher said goodbye to a layer (RFC 3550 6.6); true when viewers should get another, or none. */
  removeLayer(layer: Layer): boolean {
    const at = this.layers.indexOf(layer);
    if (at < 0) return false;
    this.layers.splice(at, 1);
    if (this.current !== layer) return false;
    this.current = bestLayer(this.layers, undefined);
    return true;
  }

  /** Updates the layers' figures; true when viewers should get another layer than before. */
  tick(nowMs: number): boolean {
    for (const layer of this.layers) layer.tick(nowMs);
    const best = bestLayer(this.layers, this.current);
    if (best === this.current) return false;
    this.current = best;
    return true;
  }

  /** What came of the layer that viewers get, since the last call; call once a second. */
  measure(): TrackFigures {
    let figures = silentTrack;
    for (const layer of this.layers) {
      const measured = layer.measure();
      if (layer === this.current) figures = measured;
    }
    return figures;
  }

  /** What viewers get, as the packets tell; before the first, the codec that was agreed on first. */
  describe(): TrackDescription | undefined {
    const layer = this.current;
    const agreed = this.track.codecs[0];
    if (layer === undefined) return agreed && { codec: agreed.name };
    return {
      codec: layer.codec.name,
      ...(layer.profileLevelId !== '' && { profileLevelId: layer.profileLevelId }),
      ...(layer.width > 0 && { width: layer.width, height: layer.height }),
      ...(layer.hasBFrames && { hasBFrames: true }),
      ...(layer.channels > 0 && { channels: layer.channels }),
    };
  }

  /** True once after the description changed. */
  takeChange(): boolean {
    const layer = this.current;
    if (layer === undefined || !layer.changed) return false;
    layer.changed = false;
    return true;
  }
}
