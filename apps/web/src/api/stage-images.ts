import type { StageImage } from '@weir/contract';
import { ask } from './ask.js';
import { channelPath } from './channels.js';

/** Gives a channel an image that its stage may show. */
export async function putStageImage(channel: string, name: string, image: Blob): Promise<StageImage> {
  return ask<StageImage>(imagePath(channel, name), 'PUT', image);
}

/** Takes an image of a channel away. */
export async function removeStageImage(channel: string, name: string): Promise<void> {
  await ask(imagePath(channel, name), 'DELETE');
}

function imagePath(channel: string, name: string): string {
  return `${channelPath(channel)}/stage/images/${encodeURIComponent(name)}`;
}
