const EDGE_PIXELS = 1920;
const MOST_BYTES = 8 * 1024 * 1024;
const TAKEN_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

/** The name under which a file is kept: what can be kept of its own, so that the same file has the same name. */
export function imageNameOf(file: string): string {
  const name = file
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 48);
  return name === '' ? `image-${hashOf(file)}` : name;
}

/** An image as the stage takes it: as it is where it fits, else as large as the program may be; rejects for what is no image. */
export async function stagePicture(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const shrink = Math.min(1, EDGE_PIXELS / Math.max(picture.width, picture.height));
  if (shrink === 1 && file.size <= MOST_BYTES && TAKEN_TYPES.includes(file.type)) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * shrink));
  canvas.height = Math.max(1, Math.round(picture.height * shrink));
  const context = canvas.getContext('2d');
  if (context === null) throw new DOMException('There is no canvas', 'NotSupportedError');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new DOMException('It cannot be written', 'EncodingError')) : resolve(blob)),
      'image/webp',
      0.9,
    );
  });
}

function hashOf(text: string): string {
  let hash = 0;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007;
  return hash.toString(36);
}
