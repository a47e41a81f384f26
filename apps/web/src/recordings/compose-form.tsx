import { useState } from 'preact/hooks';
import type { ComposeRecording, Composition, LayoutMode } from '@weir/contract';
import { cancelComposition, composeRecording } from '../api/compositions.js';
import { composeWords } from '../language/compose.js';
import { done, useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { Select } from '../page/select.js';
import { useComposition } from './use-composition.js';

/** Stands for what stays as it was in the show. */
const AS_SHOWN = '';
/** Stands for nobody; no guest is called so. */
const NOBODY = '-';

type Labels = typeof AS_SHOWN | 'shown' | 'hidden';

/** Composes the show of a recording again, for the owners of its channel. */
export function ComposeForm({ id, title }: { id: string; title: string }) {
  const words = composeWords.value;
  const { composition, look } = useComposition(id);
  const { busy, fault, run } = useAction();
  const [layout, setLayout] = useState<LayoutMode | typeof AS_SHOWN>(AS_SHOWN);
  const [pinned, setPinned] = useState<string>(AS_SHOWN);
  const [labels, setLabels] = useState<Labels>(AS_SHOWN);
  if (composition === undefined || composition.guests.length === 0) return null;
  const isGoingOn = composition.state === 'waiting' || composition.state === 'composing';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const [name, line] = [textOf(fields, 'name'), textOf(fields, 'line')];
    const scene: ComposeRecording['scene'] = {
      ...(layout !== AS_SHOWN && { layout }),
      ...(pinned !== AS_SHOWN && { pinned: pinned === NOBODY ? null : pinned }),
      ...(labels !== AS_SHOWN && { labels: labels === 'shown' }),
      ...(line !== '' && { title: line }),
      ...(fields.has('withoutCards') && { card: null }),
    };
    await run(() => composeRecording(id, { scene, ...(name !== '' && { title: name }) }));
    await look();
  };
  const cancel = async () => {
    await run(() => done(cancelComposition(id)));
    await look();
  };
  const guests = Object.fromEntries(composition.guests.map(({ guest, label }) => [guest, label]));
  return (
    <section class="panel compose" aria-labelledby="compose-title" data-testid="compose">
      <h2 id="compose-title">{words.title}</h2>
      <p class="quiet">{words.hint}</p>
      <form class="compose-form" onSubmit={(event) => void submit(event)}>
        <div class="compose-fields">
          <label class="field">
            <span class="field-label">{words.name}</span>
            <input class="input" name="name" maxLength={200} defaultValue={title} data-testid="compose-name" />
          </label>
          <Select
            label={words.layout}
            value={layout}
            options={{ [AS_SHOWN]: words.asShown, ...words.layouts }}
            testId="compose-layout"
            onChange={setLayout}
          />
          <Select
            label={words.pinned}
            value={pinned}
            options={{ [AS_SHOWN]: words.asShown, [NOBODY]: words.nobody, ...guests }}
            testId="compose-pinned"
            onChange={setPinned}
          />
          <Select
            label={words.labels}
            value={labels}
            options={{ [AS_SHOWN]: words.asShown, shown: words.labelsShown, hidden: words.labelsHidden }}
            testId="compose-labels"
            onChange={setLabels}
          />
          <label class="field">
            <span class="field-label">{words.line}</span>
            <input class="input" name="line" maxLength={120} placeholder={words.lineHint} data-testid="compose-line" />
          </label>
        </div>
        <label class="check">
          <input type="checkbox" name="withoutCards" data-testid="compose-without-cards" />
          <span>{words.withoutCards}</span>
        </label>
        <p>
          <button type="submit" class="button button-main" disabled={busy || isGoingOn} data-testid="compose-start">
            {words.start}
          </button>
        </p>
      </form>
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      <Outcome composition={composition} busy={busy} onCancel={() => void cancel()} />
    </section>
  );
}

function Outcome({ composition, busy, onCancel }: { composition: Composition; busy: boolean; onCancel: () => void }) {
  const words = composeWords.value;
  const { state, progress, reason, recording } = composition;
  if (state === 'none') return null;
  if (state === 'failed') {
    return (
      <Notice tone="error" title={words.failed}>
        <p>{reason}</p>
      </Notice>
    );
  }
  return (
    <div class="compose-outcome" data-testid="compose-outcome" data-state={state}>
      <p role="status">{words[state]}</p>
      {progress !== null && (
        <p class="progress">
          <progress max={1} value={progress} aria-label={words.composing} />
          <span class="numbers">{words.progress(Math.floor(progress * 100))}</span>
        </p>
      )}
      {(state === 'waiting' || state === 'composing') && (
        <button type="button" class="button" disabled={busy} onClick={onCancel} data-testid="compose-cancel">
          {words.cancel}
        </button>
      )}
      {recording !== null && (
        <a class="button" href={`/recordings/${encodeURIComponent(recording)}`} data-testid="compose-result">
          {words.open}
        </a>
      )}
    </div>
  );
}

function textOf(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '').trim();
}
