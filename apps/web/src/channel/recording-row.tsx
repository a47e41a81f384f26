import { useState } from 'preact/hooks';
import type { Recording, UpdateRecording } from '@weir/contract';
import { deleteRecording, updateRecording } from '../api/recordings.js';
import { recordingRowsWords } from '../language/recording-rows.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { factsOf, stateText, titleOf } from '../recordings/recording-words.js';
import { ShareForm } from './share-form.js';
import { TrackDownloads } from './track-downloads.js';

interface RecordingRowProps {
  recording: Recording;
  /** Told what it is now; undefined when it is deleted. */
  onChange: (recording: Recording | undefined) => void;
}

/** One recording with what its owner may do to it. */
export function RecordingRow({ recording, onChange }: RecordingRowProps) {
  const words = recordingRowsWords.value;
  const [open, setOpen] = useState<'rename' | 'share'>();
  const action = useAction();
  const { id } = recording;
  const title = titleOf(recording);
  const facts = [...factsOf(recording), stateText(recording)].filter((fact) => fact !== '');
  const update = async (change: UpdateRecording) => {
    const changed = await action.runInTurn(() => updateRecording(id, change));
    if (changed !== undefined) onChange(changed);
    return changed !== undefined;
  };
  const remove = async () => {
    if (await action.run(() => done(deleteRecording(id)))) onChange(undefined);
  };
  return (
    <li class="recording-row" data-testid={`recording-${id}`}>
      <div>
        <a class="recording-title" href={`/recordings/${encodeURIComponent(id)}`}>
          {title}
        </a>
        <p class="quiet numbers">{facts.join(' · ')}</p>
        {recording.reason !== null && <p class="hint hint-warn">{recording.reason}</p>}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={recording.protected}
          data-testid="protect"
          onChange={(event) => void update({ protected: event.currentTarget.checked })}
        />
        {words.protect}
      </label>
      <div class="recording-actions">
        <Toggle name="rename" open={open} onToggle={setOpen} label={words.rename} />
        <Toggle name="share" open={open} onToggle={setOpen} label={words.share} />
        <ConfirmButton
          label={words.delete}
          name={words.deleteOf(title)}
          question={words.deleteQuestion(title)}
          yes={words.deleteYes}
          no={words.deleteNo}
          testId="delete"
          onConfirm={() => void remove()}
        />
      </div>
      {open === 'rename' && (
        <RenameForm
          title={recording.title}
          onRename={async (named) => (await update({ title: named })) && setOpen(undefined)}
          onCancel={() => setOpen(undefined)}
        />
      )}
      {open === 'share' && <ShareForm recording={recording} />}
      {recording.tracks.length > 0 && <TrackDownloads files={recording.tracks} />}
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
    </li>
  );
}

interface ToggleProps {
  name: 'rename' | 'share';
  open: string | undefined;
  onToggle: (name: 'rename' | 'share' | undefined) => void;
  label: string;
}

function Toggle({ name, open, onToggle, label }: ToggleProps) {
  return (
    <button
      type="button"
      class="button button-slim"
      aria-expanded={open === name}
      data-testid={name}
      onClick={() => onToggle(open === name ? undefined : name)}
    >
      {label}
    </button>
  );
}

interface RenameFormProps {
  title: string;
  onRename: (title: string) => void;
  onCancel: () => void;
}

function RenameForm({ title, onRename, onCancel }: RenameFormProps) {
  const words = recordingRowsWords.value;
  return (
    <form class="row-form" onSubmit={(event) => onRename(fieldsOf(event)('title'))}>
      <input
        class="input"
        name="title"
        required
        maxLength={200}
        defaultValue={title}
        aria-label={words.newTitle}
        data-testid="new-title"
      />
      <button type="submit" class="button button-main" data-testid="save-title">
        {words.save}
      </button>
      <button type="button" class="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </form>
  );
}
