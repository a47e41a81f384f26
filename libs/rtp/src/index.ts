export { readUint16, readUint24, readUint32, writeUint16, writeUint24, writeUint32 } from './big-endian.js';
export { inspectPayload } from './codec/payload-inspection.js';
export { PayloadInfo } from './codec/payload-info.js';
export { opusSamples } from './codec/opus-duration.js';
export { createDepacketizer } from './depacketize/depacketizers.js';
export type { Depacketizer, DepacketizerListener, MediaFrame, MediaPacket } from './depacketize/media-frame.js';
export { packetizeH264, splitAnnexB } from './h264-packetizer.js';
export { joinAnnexB, joinLengthPrefixed } from './nal-unit-format.js';
export { NackList } from './nack-list.js';
export {
  absoluteSendTime,
  compactDuration,
  compactNtp,
  compactNtpFromUnix,
  ntpFraction,
  ntpSeconds,
  roundTripMs,
  unixMsFromNtp,
} from './ntp.js';
export { type OutgoingPacket, picturePackets, soundPacket } from './outgoing-packets.js';
export { ReceiveStats } from './receive-stats.js';
export { ReorderBuffer } from './reorder-buffer.js';
export type { ReorderListener, ReorderOptions } from './reorder-buffer.js';
export type { ReportBlock } from './report-block.js';
export { readRtcp } from './rtcp-reader.js';
export type { RtcpVisitor } from './rtcp-reader.js';
export { RtcpWriter } from './rtcp-writer.js';
export type { SenderReport } from './rtcp-writer.js';
export { ExtensionWriter, writeRtpHeader } from './rtp-header.js';
export type { RtpHeader } from './rtp-header.js';
export { isRtcp, RtpView } from './rtp-view.js';
export { SenderClock } from './sender-clock.js';
export { SequenceUnwrapper, sequenceDistance } from './sequence.js';
export { SourceTimeline } from './source-timeline.js';
export { TimestampUnwrapper, timestampDistance } from './timestamp.js';
export type {
  CodecName,
  MediaKind,
  PublishedTrack,
  StreamDescription,
  SubscribedTrack,
  TrackCodec,
  TrackDescription,
  TrackExtensions,
} from './track.js';
