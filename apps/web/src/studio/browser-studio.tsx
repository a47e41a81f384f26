import { useEffect, useLayoutEffect } from 'preact/hooks';
import { signal } from '@preact/signals';
import { ChannelPanel } from './channel-panel.js';
import { DeviceNewsList } from './device-news-list.js';
import { DevicePanel } from './device-panel.js';
import { DeviceTroubles } from './device-troubles.js';
import { HotkeyHelp } from './hotkey-help.js';
import { listenToHotkeys } from './hotkeys.js';
import { LivePanel } from './live-panel.js';
import { Preview } from './preview.js';
import { QuickControls } from './quick-controls.js';
import { StudioChat } from './studio-chat.js';
import type { Studio } from './studio.js';

const helpOpen = signal(false);

/** The studio with open devices: the picture, what is done to it, and the broadcast. */
export function BrowserStudio({ studio }: { studio: Studio }) {
  const { sources, broadcast } = studio;
  // Before the next paint: a key that is pressed at once must be heard.
  useLayoutEffect(() => listenToHotkeys(sources, () => (helpOpen.value = true)), [sources]);
  const isOwner = studio.isOwner.value;
  const running = broadcast.running.value;
  useEffect(() => (isOwner && running ? studio.ingest.look() : undefined), [isOwner, running, studio]);
  return (
    <div class="studio" data-state={broadcast.state.value} data-testid="studio">
      <div class="studio-picture">
        <Preview studio={studio} />
        <QuickControls sources={sources} onHelp={() => (helpOpen.value = true)} />
        <DeviceTroubles sources={sources} />
        <DeviceNewsList sources={sources} />
      </div>
      <div class="studio-live">
        <LivePanel studio={studio} />
      </div>
      <div class="studio-rest">
        <DevicePanel
          sources={sources}
          offers={['camera', 'screen', 'none']}
          onPicture={(picture) => studio.choosePicture(picture)}
          onSound={(sound) => studio.chooseSound(sound)}
        />
        <ChannelPanel studio={studio} />
      </div>
      <div class="studio-chat">
        <StudioChat channel={studio.channel} />
      </div>
      <HotkeyHelp open={helpOpen} />
    </div>
  );
}
