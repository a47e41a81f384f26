import { useEffect, useRef } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { shareWords } from '../language/share.js';
import { CopyField } from '../page/copy-field.js';
import { embedCode } from './embed-code.js';

interface ShareDialogProps {
  channel: string;
  title: string;
  isPrivate: boolean;
  onClose: () => void;
}

/** The link to a channel, and the code that puts its player elsewhere; shown at once. */
export function ShareDialog({ channel, title, isPrivate, onClose }: ShareDialogProps) {
  const words = shareWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const url = `${location.origin}/watch/${encodeURIComponent(channel)}`;
  const canShare = typeof navigator.share === 'function';
  return (
    <dialog ref={dialog} class="dialog" aria-label={words.shareTitle} data-testid="share-dialog" onClose={onClose}>
      <h2>{words.shareTitle}</h2>
      {isPrivate && <p>{words.sharePrivate}</p>}
      <CopyField label={words.shareLink} value={url} testId="share-link" />
      <CopyField label={words.embedCode} value={embedCode(location.origin, channel, title)} testId="embed-code" />
      <form method="dialog" class="dialog-actions">
        {canShare && (
          <button
            type="button"
            class="button"
            onClick={() => void navigator.share({ title, url }).catch(() => undefined)}
          >
            {words.shareBySystem}
          </button>
        )}
        <button class="button">{pageWords.value.close}</button>
      </form>
    </dialog>
  );
}
