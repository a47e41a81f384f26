import type { ChannelRow } from '@weir/store';

/** A channel called `ch`, as it is stored. */
export const channelRow: ChannelRow = {
  name: 'ch',
  title: 'A channel',
  description: '',
  visibility: 'public',
  owner: undefined,
  watchHash: undefined,
  watchEpoch: 0,
  avatarTag: undefined,
  chat: '{}',
  hls: 'off',
  record: false,
  isolatedTracks: false,
  whep: 'source',
  createdAtMs: 1,
};
