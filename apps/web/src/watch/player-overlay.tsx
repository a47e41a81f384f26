import { text } from '../language/language.js';
import { Icon } from '../page/icon.js';
import type { Player } from './player.js';

/** What is laid over the picture while it does not simply play. */
export function PlayerOverlay({ player }: { player: Player }) {
  const words = text.value.watch;
  const state = player.state.value;
  const playing = state === 'connected' && (player.pictured.value || player.soundOnly.value);
  return (
    <>
      <p class="unseen" role="status" data-testid="status">
        {announcement(player)}
      </p>
      {player.soundOnly.value && (
        <div class="overlay overlay-plain">
          <Icon name="volume" />
          <p>{words.audioOnly}</p>
        </div>
      )}
      {(state === 'connecting' || (state === 'connected' && !playing)) && (
        <div class="overlay overlay-plain">
          <span class="spinner" />
          <p>{words.connecting}</p>
        </div>
      )}
      {(state === 'reconnecting' || state === 'stalled') && (
        <div class="overlay overlay-veil">
          <span class="spinner" />
          <p>{state === 'stalled' ? words.stalled : words.reconnecting}</p>
        </div>
      )}
      {state === 'offline' && (
        <div class="overlay overlay-card" data-testid="offline">
          <span class="pulse" />
          <h2>{words.offlineTitle}</h2>
          <p>{words.offlineText}</p>
        </div>
      )}
      {state === 'refused' && <Refused player={player} />}
      {playing && player.muted.value && (
        <button type="button" class="unmute" data-testid="unmute" onClick={() => player.toggleMute()}>
          <Icon name="muted" />
          {words.unmute}
        </button>
      )}
    </>
  );
}

function Refused({ player }: { player: Player }) {
  const words = text.value.watch;
  const refusal = player.refusal.value;
  const secret = refusal?.status === 401 || refusal?.status === 403;
  const missing = refusal?.status === 404;
  return (
    <div class="overlay overlay-card" role="alert" data-testid="refused">
      <h2>{missing ? words.notFoundTitle : secret ? words.privateTitle : words.refusedTitle}</h2>
      <p>{missing ? words.notFoundText : refusal?.detail}</p>
      <p class="overlay-actions">
        <button type="button" class="button button-main" onClick={() => player.restart()}>
          {text.value.tryAgain}
        </button>
        <a class="button" href="/">
          {words.toLive}
        </a>
      </p>
    </div>
  );
}

function announcement(player: Player): string {
  const words = text.value.watch;
  switch (player.state.value) {
    case 'connecting':
      return words.connecting;
    case 'reconnecting':
      return words.reconnecting;
    case 'stalled':
      return words.stalled;
    case 'offline':
      return words.offlineTitle;
    case 'connected':
      return `${player.paused.value ? words.paused : words.playing}. ${player.muted.value ? words.muted : words.unmuted}.`;
    default:
      return '';
  }
}
