const EDGE_PIXELS = 512;

/** The middle of a picture as a square of at most 512 pixels, in WebP or, where the browser cannot write that, PNG; rejects for what is no picture. */
export async function squareOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const edge = Math.min(EDGE_PIXELS, side);
  const canvas = document.createElement('canvas');
  canvas.width = edge;
  canvas.height = edge;
  const context = canvas.getContext('2d');
  if (context === null) throw new DOMException('There is no canvas', 'NotSupportedError');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, edge, edge);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new DOMException('It cannot be written', 'EncodingError')) : resolve(blob)),
      'image/webp',
      0.88,
    );
  });
}
