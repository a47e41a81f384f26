import { useEffect } from 'preact/hooks';
import { listRecordings } from '../api/recordings.js';
import { watchWords } from '../language/watch.js';
import { useRemote } from '../page/remote.js';
import { RecordingCard } from '../recordings/recording-card.js';
import { isSettled } from '../recordings/recording-words.js';
import '../style/home.css';
import '../style/recordings.css';

const SHOWN = 3;
const LOOK_AGAIN_MS = 5000;

/** The newest recordings of a channel that can be played; nothing when there are none. */
export function RecordingShelf({ channel }: { channel: string }) {
  const { value, reload } = useRemote(() => listRecordings({ channel, limit: SHOWN }), [channel]);
  const playable = value?.recordings.filter(({ playlistUrl }) => playlistUrl !== null) ?? [];
  const isSettledAll = playable.length > 0 && playable.every(isSettled);
  useEffect(() => {
    if (isSettledAll) return;
    // A broadcast that has just ended is there in a moment.
    const timer = setInterval(() => document.hidden || reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isSettledAll, reload]);
  if (playable.length === 0) return null;
  return (
    <section class="watch-shelf" aria-labelledby="shelf-title" data-testid="last-recordings">
      <h2 id="shelf-title">{watchWords.value.lastRecordings}</h2>
      <ul class="cards">
        {playable.map((recording) => (
          <RecordingCard key={recording.id} recording={recording} />
        ))}
      </ul>
    </section>
  );
}
