import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { guestWords } from '../language/guest.js';
import { pageWords } from '../language/page.js';
import { Empty } from '../page/empty.js';
import { Page } from '../page/page.js';
import { Skeleton } from '../page/skeleton.js';
import { showAirSign } from '../studio/air-sign.js';
import { DeviceCheck } from './device-check.js';
import { GuestStage } from './guest-stage.js';
import type { GuestVisit } from './guest-visit.js';
import '../style/studio.css';
import '../style/stage.css';
import '../style/guest.css';

/** Where a guest comes in by a link, gets ready, and stands on the stage. */
export function GuestPage({ visit }: { visit: GuestVisit }) {
  const words = guestWords.value;
  const title = visit.room.value?.stage.value?.title ?? visit.offer.value?.title ?? words.title;
  const onAir = visit.isOnAir.value;
  useEffect(() => showAirSign(title || words.title, onAir), [title, words, onAir]);
  useFocusOnNews(visit);
  return (
    <Page>
      <GuestContent visit={visit} />
    </Page>
  );
}

function GuestContent({ visit }: { visit: GuestVisit }) {
  const words = guestWords.value;
  const room = visit.room.value;
  const end = room?.over.value;
  const offer = visit.offer.value;
  if (end !== undefined) {
    return (
      <Empty {...words.ends[end.reason]} level="h1" testId={`over-${end.reason}`}>
        <a class="button" href="/">
          {words.toHome}
        </a>
        {room?.stage.value?.live === true && (
          <a class="button button-main" href={`/watch/${encodeURIComponent(room.stage.value.channel)}`}>
            {words.watch}
          </a>
        )}
      </Empty>
    );
  }
  if (room !== undefined) return <GuestStage visit={visit} room={room} />;
  if (visit.trouble.value !== undefined) return <Trouble visit={visit} />;
  if (offer === undefined) return <Skeleton kind="row" count={3} label={words.loading} />;
  if (offer.role === 'guest' || visit.link?.kind === 'member') return <DeviceCheck visit={visit} offer={offer} />;
  return (
    <Empty title={words.otherRole} level="h1">
      <a class="button button-main" href={`/invite${location.hash}`}>
        {words.openIt}
      </a>
    </Empty>
  );
}

/** What had the focus goes when one joins and when one is out: the reader begins with the new content. */
function useFocusOnNews(visit: GuestVisit): void {
  const phase = visit.room.value === undefined ? 'before' : visit.room.value.over.value === undefined ? 'in' : 'over';
  const before = useRef(phase);
  // Before the next paint: a key that is pressed at once must find the focus there.
  useLayoutEffect(() => {
    if (phase !== before.current) document.getElementById('content')?.focus();
    before.current = phase;
  }, [phase]);
}

function Trouble({ visit }: { visit: GuestVisit }) {
  const words = guestWords.value;
  const trouble = visit.trouble.value;
  if (trouble === 'unreachable') {
    return (
      <Empty title={words.unreachable} level="h1" testId="unreachable">
        <button type="button" class="button button-main" onClick={() => void visit.look()}>
          {words.tryAgain}
        </button>
      </Empty>
    );
  }
  if (trouble === 'sign-in') {
    return (
      <Empty title={words.memberOnly} level="h1" testId="sign-in">
        <a class="button button-main" href={`/sign-in?next=${encodeURIComponent(location.pathname + location.hash)}`}>
          {pageWords.value.menu.signIn}
        </a>
      </Empty>
    );
  }
  const isGone = trouble === 'gone';
  return (
    <Empty
      title={isGone ? words.gone : words.noLink}
      text={isGone ? words.goneText : words.noLinkText}
      level="h1"
      testId={trouble ?? 'trouble'}
    >
      <a class="button" href="/">
        {words.toHome}
      </a>
    </Empty>
  );
}
