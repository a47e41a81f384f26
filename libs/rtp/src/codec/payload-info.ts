/** What one packet's payload tells about its stream; reused from packet to packet. */
export class PayloadInfo {
  /** The packet begins or holds the beginning of a video key frame, or the parameter sets before one. */
  keyFrame = false;
  /** A frame begins in this packet, as far as the payload tells; where it cannot tell, the RTP timestamp does. */
  frameStart = false;
  /** No other frame needs what this packet holds. */
  discardable = false;
  /** Temporal layer, 0 to 7. */
  temporalId = 0;
  /** Spatial layer, 0 to 7. */
  spatialId = 0;
  /** A viewer of lower temporal layers can go up to this one here (VP8 `Y`, VP9 `U`). */
  switchingPoint = false;
  /** H.264 profile-level-id of a sequence parameter set as a 24-bit number, or -1. */
  profileLevelId = -1;
  /** Pixels as displayed, when the packet tells them; otherwise 0. */
  width = 0;
  /** Pixels as displayed, when the packet tells them; otherwise 0. */
  height = 0;
  /** The packet begins an H.264 B slice. */
  bFrames = false;
  /** Most frames that may be out of order, as the H.264 parameter set says, or -1. */
  reorderFrames = -1;
  /** Audio channels of an Opus packet, or 0. */
  channels = 0;

  /** Back to knowing nothing. */
  reset(): void {
    this.keyFrame = false;
    this.frameStart = false;
    this.discardable = false;
    this.temporalId = 0;
    this.spatialId = 0;
    this.switchingPoint = false;
    this.profileLevelId = -1;
    this.width = 0;
    this.height = 0;
    this.bFrames = false;
    this.reorderFrames = -1;
    this.channels = 0;
  }
}
