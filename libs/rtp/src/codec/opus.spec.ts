import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

describe('inspectOpus', () => {
  it.each([
    ['mono', 0x78, 1],
    ['stereo', 0x7c, 2],
  ])('tells %s from the table of contents', (_what, toc, channels) => {
    const info = new PayloadInfo();
    inspectPayload('opus', Uint8Array.of(toc, 1, 2), 0, 3, info);
    expect(info).toMatchObject({ frameStart: true, keyFrame: false, channels });
  });

  it('tells nothing of an empty packet', () => {
    const info = new PayloadInfo();
    inspectPayload('opus', new Uint8Array(0), 0, 0, info);
    expect(info).toEqual(new PayloadInfo());
  });
});
