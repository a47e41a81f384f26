export type { AccessUnit } from './annex-b.js';
export { Clip, CLIP_AUDIO_FRAME_MS, CLIP_FRAME_RATE, ClipEmpty } from './clip.js';
export { ClipPlayer, type ClipSink } from './clip-player.js';
export { ClipPublisher, type ClipPublisherOptions } from './clip-publisher.js';
export { DEMO_CHANNEL, DemoChannel } from './demo-channel.js';
export { DemoModule } from './demo.module.js';
export { OggMalformed, readOpusPackets } from './ogg-opus.js';
export { RtpTrack, type RtpTrackOptions } from './rtp-track.js';
