import type { ChannelRow } from '@weir/store';

/** Path of a channel's avatar, another one for each picture; null without one. */
export function avatarPath({ name, avatarTag }: Pick<ChannelRow, 'name' | 'avatarTag'>): string | null {
  return avatarTag === undefined ? null : `/api/channels/${name}/avatar?v=${avatarTag}`;
}
