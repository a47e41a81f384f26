import { useEffect, useState } from 'preact/hooks';
import type { FunctionComponent } from 'preact';

/** The newest recordings of a channel that is not live; loaded when there is a need for them. */
export function LastRecordings({ channel }: { channel: string }) {
  const [List, setList] = useState<FunctionComponent<{ channel: string }>>();
  useEffect(() => {
    import('./recording-shelf.js').then(
      ({ RecordingShelf }) => setList(() => RecordingShelf),
      () => undefined,
    );
  }, []);
  return List === undefined ? null : <List channel={channel} />;
}
