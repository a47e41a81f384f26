import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useLoaded } from '../chat/use-loaded.js';
import { playerWords } from '../language/player.js';
import { Icon } from '../page/icon.js';
import type { Player, PlayerState } from './player.js';
import type { TransportChoice } from './transport.js';

const SLOW_AFTER_MS = 6000;
const WITHOUT_PICTURE: readonly PlayerState[] = ['offline', 'ended', 'refused', 'unavailable'];

interface PlayerOverlayProps {
  player: Player;
  transport: TransportChoice | undefined;
  /** Said of a channel that is not live, beside the words for it. */
  offline?: ComponentChildren;
}

/** What is laid over the picture while it does not simply play. */
export function PlayerOverlay({ player, transport, offline }: PlayerOverlayProps) {
  const words = playerWords.value;
  const state = player.state.value;
  const playing = state === 'connected' && (player.pictured.value || player.soundOnly.value);
  const isCard = WITHOUT_PICTURE.includes(state);
  const Card = useLoaded(isCard, async () => (await import('./player-card.js')).PlayerCard);
  const notes = useLoaded(transport?.cause.value !== undefined, () => import('./switch-notes.js'));
  const connecting = (transport && notes?.waitingText(transport)) ?? words.connecting;
  const waiting = state === 'connected' && !playing && !player.playback.paused.value;
  return (
    <>
      <p class="unseen" role="status" data-testid="status">
        {state === 'connecting' || waiting ? connecting : announcement(player, transport)}
      </p>
      {player.soundOnly.value && (
        <div class="overlay overlay-plain">
          <Icon name="volume" />
          <p>{words.audioOnly}</p>
        </div>
      )}
      {(state === 'connecting' || waiting) && (
        <div class="overlay overlay-plain" data-testid="connecting">
          <span class="spinner" />
          <p>{connecting}</p>
          <OtherWay transport={transport} />
        </div>
      )}
      {(state === 'reconnecting' || state === 'stalled') && (
        <div class="overlay overlay-veil" data-testid={state}>
          <span class="spinner" />
          <p>{state === 'reconnecting' ? words.reconnecting : stalledText(player)}</p>
          {state === 'reconnecting' && <OtherWay transport={transport} />}
        </div>
      )}
      {isCard && Card !== undefined && <Card player={player} transport={transport} offline={offline} />}
      {playing && notes && transport && <notes.ReturnChip transport={transport} />}
      {playing && player.playback.muted.value && (
        <button type="button" class="unmute" data-testid="unmute" onClick={() => player.playback.toggleMute()}>
          <Icon name="muted" />
          {words.unmute}
        </button>
      )}
    </>
  );
}

/** The way over HLS, offered to whom a pinned real time keeps waiting. */
function OtherWay({ transport }: { transport: TransportChoice | undefined }) {
  const words = playerWords.value;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!slow || transport?.pinned.value !== 'real-time' || !transport.hasHls.value) return null;
  return (
    <>
      <p>{words.slow}</p>
      <button type="button" class="button" data-testid="offer-hls" onClick={() => transport.choose('hls')}>
        {words.offerHls}
      </button>
    </>
  );
}

function announcement(player: Player, transport: TransportChoice | undefined): string {
  const words = playerWords.value;
  switch (player.state.value) {
    case 'reconnecting':
      return words.reconnecting;
    case 'stalled':
      return stalledText(player);
    case 'offline':
      return words.offlineTitle;
    case 'ended':
      return words.endedTitle;
    case 'unavailable':
      return words.unavailableTitle;
    case 'connected':
      return playingText(player, transport);
    default:
      return '';
  }
}

function playingText({ playback, rewind }: Player, transport: TransportChoice | undefined): string {
  const words = playerWords.value;
  const parts = [
    playback.paused.value ? words.paused : words.playing,
    transport === undefined ? undefined : words.transportNames[transport.showing.value],
    playback.muted.value ? words.muted : words.unmuted,
    rewind?.edge.value === 'at-edge' ? words.atEdge : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join('. ')}.`;
}

function stalledText({ rewind }: Player): string {
  const words = playerWords.value;
  return rewind === undefined ? words.stalled : words.buffering;
}
