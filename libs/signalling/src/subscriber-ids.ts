import { randomBytes } from 'node:crypto';
import type { SubscriberIds } from '@weir/whip';

/** New names under which one subscriber is sent media. */
export function subscriberIds(): SubscriberIds {
  const [audioSsrc, audioRtxSsrc, videoSsrc, videoRtxSsrc] = newSsrcs();
  const cname = randomBytes(12).toString('base64url');
  return { audioSsrc, audioRtxSsrc, videoSsrc, videoRtxSsrc, cname, streamId: cname };
}

function newSsrcs(): [number, number, number, number] {
  const ssrcs = new Uint32Array(4);
  do {
    crypto.getRandomValues(ssrcs);
  } while (ssrcs.includes(0) || new Set(ssrcs).size < ssrcs.length);
  return [...ssrcs] as [number, number, number, number];
}
