import type { JoinedStage } from '@weir/contract';

const PREFIX = 'weir.guest.';

/** Who this tab is on the stage of a channel, until it is closed; undefined when it is nobody there. */
export function recallGuest(channel: string): JoinedStage | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + channel) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps who this tab is on a stage, so that a reload goes on as the same guest. */
export function rememberGuest(joined: JoinedStage): void {
  sessionStorage.setItem(PREFIX + joined.channel, JSON.stringify(joined));
}

/** Forgets who this tab was on the stage of a channel. */
export function forgetGuest(channel: string): void {
  sessionStorage.removeItem(PREFIX + channel);
}
