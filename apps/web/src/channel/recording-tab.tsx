import type { Channel, UpdateChannel } from '@weir/contract';
import { updateChannel } from '../api/channels.js';
import { useAction } from '../page/action.js';
import { FfmpegNotice } from './ffmpeg-notice.js';
import { RecordingRows } from './recording-rows.js';
import { SettingsForm } from './settings-form.js';

/** HLS and recording of a channel, and the recordings themselves. */
export function RecordingTab({ channel, onChange }: { channel: Channel; onChange: (channel: Channel) => void }) {
  const action = useAction();
  const change = async (part: UpdateChannel) => {
    const changed = await action.run(() => updateChannel(channel.name, part));
    if (changed !== undefined) onChange(changed);
    return changed !== undefined;
  };
  return (
    <div class="stack">
      <FfmpegNotice />
      <div class="panel">
        <SettingsForm channel={channel} onChange={change} />
      </div>
      <RecordingRows channel={channel.name} />
    </div>
  );
}
