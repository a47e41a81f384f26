/** RTCP packet types (RFC 3550 section 12.1, RFC 4585 section 6.1, RFC 3611 section 2). */
export const RtcpType = {
  senderReport: 200,
  receiverReport: 201,
  sourceDescription: 202,
  bye: 203,
  transportFeedback: 205,
  payloadFeedback: 206,
  extendedReport: 207,
} as const;

/** Feedback message types by their packet type (RFC 4585 section 6, RFC 5104 section 4.3.1, draft-alvestrand-rmcat-remb). */
export const FeedbackFormat = { nack: 1, pictureLoss: 1, fullIntraRequest: 4, applicationLayer: 15 } as const;

/** Extended report block types (RFC 3611 sections 4.4 and 4.5). */
export const ExtendedBlock = { receiverReferenceTime: 4, delaySinceLastReceiverReport: 5 } as const;

/** The letters `REMB` as a 32-bit number. */
export const REMB_IDENTIFIER = 0x52454d42;

/** Item type of the canonical name (RFC 3550 section 6.5.1). */
export const CNAME_ITEM = 1;
