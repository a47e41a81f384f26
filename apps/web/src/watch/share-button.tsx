import { useState } from 'preact/hooks';
import { useLoaded } from '../chat/use-loaded.js';
import { watchWords } from '../language/watch.js';
import { Icon } from '../page/icon.js';

interface ShareButtonProps {
  channel: string;
  title: string;
  isPrivate: boolean;
}

/** Opens what is needed to show the channel to others. */
export function ShareButton(props: ShareButtonProps) {
  const [open, setOpen] = useState(false);
  const Dialog = useLoaded(open, async () => (await import('./share-dialog.js')).ShareDialog);
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        data-testid="share-channel"
        onClick={() => setOpen(true)}
      >
        <Icon name="link" />
        {watchWords.value.share}
      </button>
      {open && Dialog && <Dialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
