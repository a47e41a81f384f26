import type { ComponentChildren } from 'preact';
import { pageWords } from '../language/page.js';
import { playerCardWords } from '../language/player-cards.js';
import { playerWords } from '../language/player.js';
import { Icon } from '../page/icon.js';
import type { Player } from './player.js';
import type { TransportChoice } from './transport.js';

interface PlayerCardProps {
  player: Player;
  transport: TransportChoice | undefined;
  /** Said of a channel that is not live, beside the words for it. */
  offline: ComponentChildren;
}

/** What stands in the place of a picture that there is not: nothing is live, it cannot be had now, or never. */
export function PlayerCard({ player, transport, offline }: PlayerCardProps) {
  const state = player.state.value;
  if (state === 'refused') return <Refused player={player} transport={transport} />;
  if (state === 'unavailable') return <Unavailable player={player} transport={transport} />;
  return <Offline player={player}>{offline}</Offline>;
}

function Offline({ player, children }: { player: Player; children: ComponentChildren }) {
  const words = playerCardWords.value;
  const ended = player.state.value === 'ended';
  return (
    <div class="overlay overlay-card" data-testid={player.state.value}>
      {children ?? <span class="pulse" />}
      <h2>{ended ? playerWords.value.endedTitle : playerWords.value.offlineTitle}</h2>
      <p>{words.offlineText}</p>
      {player.replay?.available.value === true && (
        <p class="overlay-actions">
          <button type="button" class="button" data-testid="replay" onClick={() => player.replay?.play()}>
            <Icon name="play" />
            {ended ? words.watchAgain : words.watchLast}
          </button>
        </p>
      )}
    </div>
  );
}

function Unavailable({ player, transport }: Omit<PlayerCardProps, 'offline'>) {
  const words = playerCardWords.value;
  return (
    <div class="overlay overlay-card" role="alert" data-testid="unavailable">
      <h2>{transport === undefined ? words.refusedTitle : playerWords.value.unavailableTitle}</h2>
      <p>{transport?.hasHls.value === false ? words.hlsOff : player.refusal.value?.detail}</p>
      <p>{words.unavailableText}</p>
      {transport?.hasRealTime === true && (
        <p class="overlay-actions">
          <button
            type="button"
            class="button button-main"
            data-testid="offer-real-time"
            onClick={() => transport.choose(undefined)}
          >
            {words.offerRealTime}
          </button>
        </p>
      )}
    </div>
  );
}

function Refused({ player, transport }: Omit<PlayerCardProps, 'offline'>) {
  const words = playerCardWords.value;
  const refusal = player.refusal.value;
  const missing = refusal?.status === 404;
  return (
    <div class="overlay overlay-card" role="alert" data-testid="refused">
      <h2>{refusedTitle(refusal?.status, transport !== undefined)}</h2>
      <p>{missing && transport !== undefined ? words.notFoundText : refusal?.detail}</p>
      <p class="overlay-actions">
        <button type="button" class="button button-main" onClick={() => player.restart()}>
          {pageWords.value.tryAgain}
        </button>
        {transport?.pinned.value === 'hls' && transport.hasRealTime && !missing && (
          <button type="button" class="button" onClick={() => transport.choose(undefined)}>
            {words.offerRealTime}
          </button>
        )}
        <a class="button" href="/" target="_top">
          {words.toLive}
        </a>
      </p>
    </div>
  );
}

function refusedTitle(status: number | undefined, isChannel: boolean): string {
  const words = playerCardWords.value;
  if (!isChannel) return status === 404 ? words.recordingMissing : words.refusedTitle;
  if (status === 404) return words.notFoundTitle;
  return status === 401 || status === 403 ? words.privateTitle : words.refusedTitle;
}
