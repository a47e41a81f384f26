import { useState } from 'preact/hooks';
import type { Channel, ChannelSettings, UpdateChannel } from '@weir/contract';
import { settingsWords } from '../language/settings.js';
import '../style/settings.css';

interface SettingsFormProps {
  channel: Channel;
  /** Keeps a change; true when it was kept. */
  onChange: (change: UpdateChannel) => Promise<boolean>;
}

const MODES = ['program', 'passthrough', 'off'] as const;
const WHEP_MODES = ['source', 'program'] as const;

/** What a channel does beside real-time video; each change is kept at once. Shows nothing to who may not see it. */
export function SettingsForm({ channel, onChange }: SettingsFormProps) {
  const words = settingsWords.value;
  const [saving, setSaving] = useState<'saving' | 'saved' | 'failed'>();
  const { settings } = channel;
  if (settings === undefined) return null;
  const change = async (part: Partial<ChannelSettings>) => {
    setSaving('saving');
    setSaving((await onChange(part)) ? 'saved' : 'failed');
  };
  const off = settings.hls === 'off';
  return (
    <fieldset class="settings" disabled={saving === 'saving'} data-testid={`settings-${channel.name}`}>
      <legend class="field-label">{words.title}</legend>
      <label class="field">
        <span class="hint">{words.whep}</span>
        <select
          class="input"
          value={settings.whep}
          disabled={off}
          data-testid="setting-whep"
          onChange={(event) => void change({ whep: event.currentTarget.value === 'program' ? 'program' : 'source' })}
        >
          {WHEP_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {words.whepModes[mode]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="hint">{words.hls}</span>
        <select
          class="input"
          value={settings.hls}
          data-testid="setting-hls"
          onChange={(event) => void change({ hls: modeOf(event.currentTarget.value) })}
        >
          {MODES.map((mode) => (
            <option key={mode} value={mode}>
              {words.hlsModes[mode]}
            </option>
          ))}
        </select>
      </label>
      <Check
        label={words.record}
        hint={off ? words.recordHint : undefined}
        checked={settings.record}
        disabled={off}
        testId="setting-record"
        onChange={(record) => void change({ record })}
      />
      <Check
        label={words.isolatedTracks}
        checked={settings.isolatedTracks}
        disabled={off || !settings.record}
        testId="setting-isolated"
        onChange={(isolatedTracks) => void change({ isolatedTracks })}
      />
      {channel.live && <p class="hint">{words.later}</p>}
      <p class={saving === 'failed' ? 'hint hint-error' : 'hint'} role="status">
        {saving === undefined ? '' : words[saving]}
      </p>
    </fieldset>
  );
}

interface CheckProps {
  label: string;
  hint?: string | undefined;
  checked: boolean;
  disabled: boolean;
  testId: string;
  onChange: (checked: boolean) => void;
}

function Check({ label, hint, checked, disabled, testId, onChange }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint !== undefined && <span class="hint"> {hint}</span>}
      </span>
    </label>
  );
}

function modeOf(value: string): ChannelSettings['hls'] {
  return MODES.find((mode) => mode === value) ?? 'off';
}
