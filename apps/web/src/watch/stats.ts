import { playerWords } from '../language/player.js';
import type { StatsSource } from '../player/stats-panel.js';
import type { SwitchingPlayer } from './switching-player.js';

/** The figures of both transports, and what a report about them holds; nothing in it lets others watch. */
export function statsOf(player: SwitchingPlayer, channel: string): StatsSource {
  const names = playerWords.value.transportNames;
  const [realTime, hls] = [player.realTime?.figures.value, player.hls?.figures.value];
  return {
    columns: [
      { name: names['real-time'], figures: realTime },
      { name: names.hls, figures: hls },
    ],
    report: () => ({
      at: new Date().toISOString(),
      channel,
      showing: player.showing.peek(),
      pinned: player.pinned.peek() ?? null,
      because: player.cause.peek() ?? null,
      state: player.state.peek(),
      delayMs: player.delay.peek()?.milliseconds ?? null,
      delayIsMeasured: player.delay.peek()?.measured ?? false,
      changes: player.changes,
      realTime: realTime ?? null,
      hls: hls ?? null,
      browser: navigator.userAgent,
      online: navigator.onLine,
    }),
  };
}
