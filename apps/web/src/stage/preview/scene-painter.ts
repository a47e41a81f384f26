import { type Colour, type Layer, type Placement, place, type Scene, type Size } from '@weir/stage';

/** A picture that a layer shows. */
export type LayerPicture = HTMLVideoElement | HTMLCanvasElement | ImageBitmap;

// What is left of the light of an old picture, as the program has it.
const DIMMED = 154 / 256;

/** Draws a whole scene as the program does; what has no picture is left out. */
export function paintScene(
  context: CanvasRenderingContext2D,
  { canvas, background, layers }: Scene,
  pictures: readonly (LayerPicture | undefined)[],
): void {
  context.fillStyle = css(background);
  context.fillRect(0, 0, canvas.width, canvas.height);
  layers.forEach((layer, index) => {
    const picture = pictures[index];
    const size = picture && sizeOf(picture);
    if (picture === undefined || size === undefined || size.width === 0 || size.height === 0) return;
    context.save();
    paintLayer(context, layer, picture, place(size, layer.rect, layer.fit));
    context.restore();
  });
}

function paintLayer(
  context: CanvasRenderingContext2D,
  { opacity, radius = 0, isGrey = false }: Layer,
  picture: LayerPicture,
  { from, to }: Placement,
): void {
  if (radius > 0) {
    context.beginPath();
    context.roundRect(to.x, to.y, to.width, to.height, radius);
    context.clip();
  }
  const filters = hasFilters(context);
  if (isGrey && filters) context.filter = `grayscale(1) brightness(${DIMMED})`;
  context.globalAlpha = opacity;
  context.drawImage(picture, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
  if (!isGrey || filters) return;
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'saturation';
  context.fillStyle = '#808080';
  context.fillRect(to.x, to.y, to.width, to.height);
  const light = Math.round(255 * DIMMED);
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = css({ red: light, green: light, blue: light });
  context.fillRect(to.x, to.y, to.width, to.height);
}

function sizeOf(picture: LayerPicture): Size {
  if (picture instanceof HTMLVideoElement) return { width: picture.videoWidth, height: picture.videoHeight };
  return picture;
}

function css({ red, green, blue }: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

function hasFilters(context: object): boolean {
  return 'filter' in context;
}
