import { arrangedScene, type Size } from '@weir/stage';
import type { Stage } from '@weir/contract';
import type { Page } from 'playwright-core';
import { pictureFaults, type PlainPicture, type RgbPicture } from './show-picture.js';

/** What the first video of a page shows at this moment, in this size; undefined before its first picture. */
export async function screenPicture(page: Page, { width, height }: Size): Promise<RgbPicture | undefined> {
  const script = `(() => {
    const video = document.querySelector('video');
    if (!(video?.videoWidth > 0)) return '';
    const context = new OffscreenCanvas(${width}, ${height}).getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, ${width}, ${height});
    const { data } = context.getImageData(0, 0, ${width}, ${height});
    let text = '';
    for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at], data[at + 1], data[at + 2]);
    return btoa(text);
  })()`;
  const text = (await page.evaluate(script)) as string;
  return text === '' ? undefined : { width, height, rgb: Buffer.from(text, 'base64') };
}

/** What differs between the video of a page and the stage that it should show; `pictures` are those of its guests by id. */
export async function screenFaults(
  page: Page,
  { arrangement, guests, speaker, canvas, title }: Stage,
  pictures: Readonly<Record<string, PlainPicture>>,
): Promise<string[]> {
  const picture = await screenPicture(page, canvas);
  if (picture === undefined) return ['there is no picture'];
  const sending = guests.flatMap(({ id, connected, sharesScreen }) => [
    ...(connected ? [id] : []),
    ...(sharesScreen ? [`${id}-screen`] : []),
  ]);
  const present = sending.map((guest) => ({ guest, hasPicture: true, isStalled: false }));
  const view = { arrangement, guests: present, speaker: speaker ?? undefined, canvas, slateTitle: title };
  return pictureFaults(picture, { scene: arrangedScene(view), pictures });
}
