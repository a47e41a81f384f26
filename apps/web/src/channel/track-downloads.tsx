import type { RecordingDownload } from '@weir/contract';
import { bytesText } from '../language/format.js';
import { recordingsWords } from '../language/recordings.js';

/** The publishers' own tracks of a recording. */
export function TrackDownloads({ files }: { files: readonly RecordingDownload[] }) {
  return (
    <div class="tracks" data-testid="tracks">
      <h4>{recordingsWords.value.tracks}</h4>
      <ul class="downloads">
        {files.map(({ url, bytes }) => {
          const name = decodeURIComponent(url.split('/').at(-1) ?? '');
          return (
            <li key={url}>
              <a class="button button-slim" href={url} download={name}>
                {name} · {bytesText(bytes)}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
