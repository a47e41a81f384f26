import { useRef, useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { pageWords } from '../language/page.js';
import { Icon } from '../page/icon.js';
import { DevicePanel } from '../studio/device-panel.js';
import type { Director } from './director.js';

/** Chooses one's own camera, microphone and quality, also while on air. */
export function OwnDevices({ director: { studio } }: { director: Director }) {
  const words = directorWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button
        type="button"
        class="quick-button"
        title={words.devices}
        aria-label={words.devices}
        data-testid="own-devices"
        onClick={show}
      >
        <Icon name="sliders" />
      </button>
      <dialog
        ref={dialog}
        class="dialog sheet own-devices"
        aria-label={words.devices}
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        {open && (
          <DevicePanel
            sources={studio.sources}
            offers={['camera', 'none']}
            onPicture={(picture) => studio.choosePicture(picture)}
            onSound={(sound) => studio.chooseSound(sound)}
          />
        )}
        <form method="dialog" class="dialog-actions">
          <button class="button">{pageWords.value.close}</button>
        </form>
      </dialog>
    </>
  );
}
