import { channelNameWords } from '../language/channel-name.js';

/** What a channel's name looks like, for the browser's own check of a field. */
export const CHANNEL_NAME_PATTERN = '[A-Za-z0-9_\\-]{1,64}';

/** Asks for a channel's name and leads to its studio. */
export function ChannelForm() {
  const words = channelNameWords.value;
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get('channel');
    location.assign(`/studio/${encodeURIComponent(String(name))}`);
  };
  return (
    <form class="channel-form" onSubmit={open}>
      <label class="field">
        <span class="field-label">{words.label}</span>
        <input
          class="input"
          name="channel"
          required
          pattern={CHANNEL_NAME_PATTERN}
          title={words.hint}
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <button type="submit" class="button button-main">
        {words.openStudio}
      </button>
    </form>
  );
}
