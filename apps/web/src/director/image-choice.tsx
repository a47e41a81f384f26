import { useRef, useState } from 'preact/hooks';
import { putStageImage, removeStageImage } from '../api/stage-images.js';
import { directorWords } from '../language/director.js';
import { done, useAction } from '../page/action.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import type { Director } from './director.js';
import { imageNameOf, stagePicture } from './image-file.js';

/** Chooses one of the channel's images for a place in the scene, or none, and takes new ones. */
export function ImageChoice({ director, place }: { director: Director; place: 'logo' | 'background' }) {
  const words = directorWords.value;
  const action = useAction({ 413: words.imageTooLarge, 422: words.imageBroken, 400: words.imageBroken });
  const [broken, setBroken] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const images = director.stage.value?.images ?? [];
  const chosen = director.arrangement.value?.[place] ?? null;
  const choose = (name: string | null) => void director.changeScene({ [place]: name });
  const upload = async (file: File | undefined) => {
    if (file === undefined) return;
    const picture = await stagePicture(file).catch(() => undefined);
    setBroken(picture === undefined);
    if (picture === undefined) return;
    const image = await action.run(() => putStageImage(director.channel, imageNameOf(file.name), picture));
    if (image !== undefined) choose(image.name);
    if (input.current) input.current.value = '';
  };
  const remove = async (name: string) => {
    if (chosen === name) await director.changeScene({ [place]: null });
    await action.run(() => done(removeStageImage(director.channel, name)));
  };
  return (
    <fieldset class="images" data-testid={`images-${place}`}>
      <legend class="field-label">{words[place]}</legend>
      <div class="images-row">
        <label class="image-choice">
          <input type="radio" name={place} checked={chosen === null} onChange={() => choose(null)} />
          <span>{words.none}</span>
        </label>
        {images.map(({ name, url }) => (
          <label key={name} class="image-choice" title={name}>
            <input type="radio" name={place} checked={chosen === name} onChange={() => choose(name)} />
            <span>
              <img src={url} alt={name} loading="lazy" />
            </span>
          </label>
        ))}
        <button
          type="button"
          class="image-add"
          aria-label={words.uploadFor(words[place])}
          title={words.upload}
          aria-busy={action.busy}
          onClick={() => input.current?.click()}
        >
          <Icon name="image" />
          <span aria-hidden="true">+</span>
        </button>
        {chosen !== null && (
          <button
            type="button"
            class="cast-button"
            aria-label={words.dropImage(chosen)}
            title={words.dropImage(chosen)}
            onClick={() => void remove(chosen)}
          >
            <Icon name="cross" />
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        data-testid={`upload-${place}`}
        onChange={(event) => void upload(event.currentTarget.files?.[0])}
      />
      {broken && <Notice tone="error">{words.imageBroken}</Notice>}
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
    </fieldset>
  );
}
