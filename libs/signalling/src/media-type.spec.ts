import { describe, expect, it } from 'vitest';
import { MediaTypeUnsupported, requireMediaType } from './media-type.js';

describe('requireMediaType', () => {
  it('compares without case, spaces and parameters', () => {
    for (const header of ['application/sdp', 'Application/SDP ; charset=utf-8']) {
      expect(() => requireMediaType(header, 'application/sdp')).not.toThrow();
    }
    for (const header of [undefined, '', 'application/sdpx', 'text/plain; application/sdp']) {
      expect(() => requireMediaType(header, 'application/sdp')).toThrow(MediaTypeUnsupported);
    }
  });
});
