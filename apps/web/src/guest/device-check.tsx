import { guestWords } from '../language/guest.js';
import { useAction } from '../page/action.js';
import { Field, fieldsOf } from '../page/field.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { DeviceNewsList } from '../studio/device-news-list.js';
import { DevicePanel } from '../studio/device-panel.js';
import { DeviceTroubles } from '../studio/device-troubles.js';
import { HotkeyHelp } from '../studio/hotkey-help.js';
import { OwnPicture } from '../studio/own-picture.js';
import { Preflight } from '../studio/preflight.js';
import { QuickControls } from '../studio/quick-controls.js';
import type { GuestVisit, StageOffer } from './guest-visit.js';
import { useHotkeys } from './use-hotkeys.js';

const OFFERS = ['camera', 'none'] as const;

/** Who invites, what to expect, the devices, and one's name: all that comes before joining. */
export function DeviceCheck({ visit, offer }: { visit: GuestVisit; offer: StageOffer }) {
  const words = guestWords.value;
  const { invitedBy, title, recorded } = offer;
  const told = recorded === undefined ? words.mayRecord : recorded ? words.recorded : words.notRecorded;
  return (
    <div class="check-in" data-testid="check-in">
      <header class="check-head">
        <h1>{invitedBy === null ? words.invited(title) : words.invites(invitedBy, title)}</h1>
        <p class="lead">{words.lead}</p>
        <p>{words.steps}</p>
        <p class="check-recorded" data-testid="recorded">
          <Icon name="film" />
          {told}
        </p>
      </header>
      {visit.sources.prepared.value ? (
        <ReadyToJoin visit={visit} />
      ) : (
        <Preflight place={visit} title={words.checkTitle} promise={words.checkNothing} offers={OFFERS} />
      )}
    </div>
  );
}

function ReadyToJoin({ visit }: { visit: GuestVisit }) {
  const words = guestWords.value;
  const { sources } = visit;
  const help = useHotkeys(sources);
  const action = useAction({ 403: words.goneText, 404: words.goneText, 409: words.busy, 410: words.goneText });
  const join = (event: SubmitEvent) => {
    const name = fieldsOf(event)('name');
    void action.run(() => visit.join(name));
  };
  return (
    <div class="check-body">
      <div class="stack">
        <OwnPicture sources={sources} onAir={false} />
        <QuickControls sources={sources} onHelp={() => (help.value = true)} />
        <DeviceTroubles sources={sources} />
        <DeviceNewsList sources={sources} />
      </div>
      <div class="stack">
        <form class="panel stack" onSubmit={join}>
          <Field
            label={words.name}
            name="name"
            defaultValue={visit.name}
            required
            maxLength={60}
            pattern=".*\S.*"
            autocomplete="off"
            hint={words.nameHint}
            data-testid="guest-name"
          />
          <p class="promise">{words.checkNothing}</p>
          {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
          <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="join">
            {words.join}
          </button>
          <p class="hint">{words.echo}</p>
        </form>
        <DevicePanel
          sources={sources}
          offers={OFFERS}
          onPicture={(picture) => visit.choosePicture(picture)}
          onSound={(sound) => visit.chooseSound(sound)}
        />
      </div>
      <HotkeyHelp open={help} />
    </div>
  );
}
