import { useRef } from 'preact/hooks';
import { studioWords } from '../language/studio.js';

/** Ends the broadcast, after a question. */
export function StopButton({ onStop }: { onStop: () => void }) {
  const words = studioWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class="button button-stop" data-testid="stop" onClick={() => dialog.current?.showModal()}>
        {words.stop}
      </button>
      <dialog
        ref={dialog}
        class="dialog"
        aria-label={words.stopQuestion}
        onClose={(event) => {
          if (event.currentTarget.returnValue === 'stop') onStop();
          event.currentTarget.returnValue = '';
        }}
      >
        <h2>{words.stopQuestion}</h2>
        <form method="dialog" class="dialog-actions">
          <button class="button" value="stay">
            {words.stopNo}
          </button>
          <button class="button button-stop" value="stop" data-testid="stop-yes">
            {words.stopYes}
          </button>
        </form>
      </dialog>
    </>
  );
}
