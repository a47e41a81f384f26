import { useEffect, useState } from 'preact/hooks';
import type { Status } from '@weir/contract';
import { getStatus } from '../api/status.js';
import { settingsWords } from '../language/settings.js';
import { Notice } from '../page/notice.js';
import '../style/settings.css';

/** Says what is missing when the server has no ffmpeg, and how to get it; nothing when it has one. */
export function FfmpegNotice() {
  const [status, setStatus] = useState<Status>();
  useEffect(() => {
    getStatus().then(setStatus, () => undefined);
  }, []);
  if (status === undefined || status.ffmpeg.found) return null;
  const words = settingsWords.value;
  const { problems } = status.ffmpeg;
  return (
    <Notice tone="info" title={words.ffmpegTitle}>
      <p data-testid="ffmpeg-missing">{words.ffmpegText}</p>
      <details>
        <summary>{words.ffmpegHow}</summary>
        <ul class="ways">
          {words.ffmpegWays.map((way) => (
            <li key={way}>
              <code>{way}</code>
            </li>
          ))}
        </ul>
        <p>{words.ffmpegPath}</p>
        {problems.length > 0 && (
          <>
            <p>{words.ffmpegProblems}</p>
            <ul class="ways">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </>
        )}
      </details>
    </Notice>
  );
}
