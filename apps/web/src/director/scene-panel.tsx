import { directorWords } from '../language/director.js';
import { Field, fieldsOf } from '../page/field.js';
import { Icon } from '../page/icon.js';
import type { Director } from './director.js';
import { ImageChoice } from './image-choice.js';

/** What lies over and under the tiles: title line, names, logo, background; and how one scene becomes the next. */
export function ScenePanel({ director }: { director: Director }) {
  const words = directorWords.value;
  const arrangement = director.arrangement.value;
  if (arrangement === undefined) return null;
  const { title, labels, transitionMs } = arrangement;
  return (
    <section class="panel scene-panel" aria-labelledby="scene-title">
      <h2 id="scene-title">{words.scene}</h2>
      <form onSubmit={(event) => void director.changeScene({ title: fieldsOf(event)('title') })}>
        <Field
          key={title}
          label={words.title}
          name="title"
          maxLength={120}
          autocomplete="off"
          defaultValue={title}
          placeholder={words.titlePlace}
          data-testid="title-line"
          after={
            <>
              <button type="submit" class="button" data-testid="set-title">
                {words.setTitle}
              </button>
              {title !== '' && (
                <button
                  type="button"
                  class="cast-button"
                  aria-label={words.clearTitle}
                  title={words.clearTitle}
                  data-testid="clear-title"
                  onClick={() => void director.changeScene({ title: '' })}
                >
                  <Icon name="cross" />
                </button>
              )}
            </>
          }
        />
      </form>
      <div class="scene-switches">
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            checked={labels}
            data-testid="labels"
            onChange={(event) => void director.changeScene({ labels: event.currentTarget.checked })}
          />
          {words.labels}
        </label>
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            checked={transitionMs > 0}
            data-testid="transitions"
            onChange={(event) => void director.changeScene({ transitionMs: event.currentTarget.checked ? 250 : 0 })}
          />
          {words.transitions}
        </label>
      </div>
      <ImageChoice director={director} place="logo" />
      <ImageChoice director={director} place="background" />
    </section>
  );
}
