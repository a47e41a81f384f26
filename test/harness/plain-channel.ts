import type { ChannelRow } from '@weir/store';

/** A channel as it is when nothing was changed, without a name. */
export const plainChannel: Omit<ChannelRow, 'name'> = {
  title: '',
  description: '',
  visibility: 'public',
  owner: undefined,
  watchHash: undefined,
  watchEpoch: 0,
  avatarTag: undefined,
  chat: '{}',
  hls: 'program',
  record: true,
  isolatedTracks: false,
  whep: 'source',
  createdAtMs: 1,
};
