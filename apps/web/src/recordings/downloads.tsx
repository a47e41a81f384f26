import type { RecordingDownload } from '@weir/contract';
import { bytesText, clockTime } from '../language/format.js';
import { recordingsWords } from '../language/recordings.js';
import { Icon } from '../page/icon.js';

/** The files of a recording; most have one. */
export function Downloads({
  title,
  files,
  kind,
}: {
  title: string;
  files: readonly RecordingDownload[];
  kind: string;
}) {
  const words = recordingsWords.value;
  return (
    <section class="panel" aria-label={title} data-testid="downloads">
      <h2>{title}</h2>
      {files.length > 1 && <p class="hint">{words.several}</p>}
      <ul class="downloads">
        {files.map(({ url, bytes, durationSeconds }, index) => (
          <li key={url}>
            <a class="button button-main" href={url} download="" data-testid="download">
              <Icon name="download" />
              {files.length > 1 ? words.downloadOf(index + 1, files.length) : words.download}
            </a>
            <span class="quiet numbers">{[kind, bytesText(bytes), clockTime(durationSeconds * 1000)].join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
