import { useState } from 'preact/hooks';
import type { CaptionTrack } from '@weir/contract';
import { deleteCaptions, putCaptions } from '../api/captions.js';
import { captionsWords } from '../language/captions.js';
import { language } from '../language/language.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Notice } from '../page/notice.js';

interface CaptionEditorProps {
  id: string;
  tracks: readonly CaptionTrack[];
  onChange: () => void;
}

/** Sets and removes the captions of a recording, for the owners of its channel. */
export function CaptionEditor({ id, tracks, onChange }: CaptionEditorProps) {
  const words = captionsWords.value;
  const { busy, fault, run } = useAction();
  const [said, setSaid] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const file = fields.get('file');
    if (!(file instanceof File)) return;
    const text = new Blob([file], { type: 'text/vtt' });
    setSaid('');
    const track = await run(() => putCaptions(id, textOf(fields, 'language'), textOf(fields, 'label'), text));
    if (track === undefined) return;
    form.reset();
    setSaid(words.replaced(track.label));
    onChange();
  };
  const remove = async (tag: string) => {
    if (await run(() => done(deleteCaptions(id, tag)))) onChange();
  };
  return (
    <section class="panel" aria-labelledby="captions-title" data-testid="caption-editor">
      <h2 id="captions-title">{words.title}</h2>
      <p class="quiet">{words.hint}</p>
      {tracks.length === 0 && <p>{words.none}</p>}
      <ul class="caption-list">
        {tracks.map(({ language: tag, label, url }) => (
          <li key={tag} data-testid={`caption-${tag}`}>
            <span class="caption-name">
              <span lang={tag}>{label}</span> <code>{tag}</code>
            </span>
            <a class="button button-slim" href={url} download={`captions.${tag}.vtt`}>
              {words.download}
            </a>
            <ConfirmButton
              label={words.delete}
              name={words.deleteOf(label)}
              question={words.deleteQuestion(label)}
              yes={words.deleteYes}
              no={words.deleteNo}
              disabled={busy}
              testId={`delete-caption-${tag}`}
              onConfirm={() => void remove(tag)}
            />
          </li>
        ))}
      </ul>
      <form class="caption-form" onSubmit={(event) => void submit(event)}>
        <label class="field">
          <span class="field-label">{words.language}</span>
          <input
            class="input"
            name="language"
            required
            defaultValue={language.value}
            pattern="[A-Za-z0-9\-]{2,35}"
            title={words.languageHint}
            maxLength={35}
            data-testid="caption-language"
          />
        </label>
        <label class="field">
          <span class="field-label">{words.label}</span>
          <input class="input" name="label" maxLength={60} placeholder={words.labelHint} data-testid="caption-label" />
        </label>
        <label class="field">
          <span class="field-label">{words.file}</span>
          <input class="input" type="file" name="file" accept=".vtt,text/vtt" required data-testid="caption-file" />
        </label>
        <button type="submit" class="button button-main" disabled={busy} data-testid="upload-captions">
          {words.upload}
        </button>
      </form>
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      <p role="status" class="quiet">
        {said}
      </p>
    </section>
  );
}

function textOf(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '').trim();
}
