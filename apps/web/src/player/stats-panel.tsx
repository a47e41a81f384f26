import { useState } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { playerMenuWords } from '../language/player-menu.js';
import { Icon } from '../page/icon.js';
import type { FigureName, Figures } from './figures.js';

/** What the statistics show: a column for each way that media may come. */
export interface StatsSource {
  readonly columns: readonly { readonly name: string; readonly figures: Figures | undefined }[];
  /** Everything that helps who looks for a fault. */
  readonly report: () => object;
}

const SAID_MS = 2000;

/** Figures about what is playing, laid over the picture. */
export function StatsPanel({ source, onClose }: { source: StatsSource; onClose: () => void }) {
  const words = playerMenuWords.value;
  const [said, setSaid] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    const text = JSON.stringify(source.report(), undefined, 2);
    setSaid(
      await navigator.clipboard.writeText(text).then(
        () => 'copied' as const,
        () => 'copyFailed' as const,
      ),
    );
    setTimeout(() => setSaid(undefined), SAID_MS);
  };
  const names = Object.keys(words.figures) as FigureName[];
  const rows = names.filter((name) => source.columns.some(({ figures }) => figures?.[name] !== undefined));
  return (
    <section class="stats" aria-label={words.stats} data-testid="stats">
      <table class="stats-table">
        <thead>
          <tr>
            <td />
            {source.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{words.figures[row]}</th>
              {source.columns.map(({ name, figures }) => (
                <td key={name} data-testid={`figure-${row}`}>
                  {figures?.[row] ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="stats-actions">
        <button type="button" class="stats-button" data-testid="copy-stats" onClick={() => void copy()}>
          <Icon name={said === 'copied' ? 'tick' : 'copy'} />
          {words.copyStats}
        </button>
        <button type="button" class="stats-button" onClick={onClose}>
          <Icon name="close" />
          {pageWords.value.close}
        </button>
        <span class="unseen" role="status">
          {said === undefined ? '' : pageWords.value[said]}
        </span>
      </p>
    </section>
  );
}
