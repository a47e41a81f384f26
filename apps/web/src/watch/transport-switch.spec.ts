import { describe, expect, it } from 'vitest';
import { openSwitch, switchAfter } from './transport-switch.js';
import type { SwitchFact, SwitchOptions, SwitchState } from './transport-switch.js';

const TICK_MS = 250;
const OPENING: SwitchOptions = { pinned: undefined, hasWebRtc: true, remembered: false };
const tick: SwitchFact = { kind: 'tick' };
const connected: SwitchFact = { kind: 'connected' };
const hlsPictured: SwitchFact = { kind: 'pictured', via: 'hls' };
const realTimePictured: SwitchFact = { kind: 'pictured', via: 'real-time' };
const reading = (loss: number, frozenMs = 0): SwitchFact => ({ kind: 'reading', loss, frozenMs });

/** A visit whose clock moves by ticks. */
class Visit {
  atMs = 0;
  state: SwitchState;
  readonly shown: { readonly atMs: number; readonly via: string }[] = [];

  constructor(options: Partial<SwitchOptions> = {}) {
    this.state = openSwitch({ ...OPENING, ...options }, 0);
  }

  take(fact: SwitchFact): this {
    const { showing } = this.state;
    this.state = switchAfter(this.state, fact, this.atMs);
    if (this.state.showing !== showing) this.shown.push({ atMs: this.atMs, via: this.state.showing });
    return this;
  }

  /** Lets time pass; `each` happens once a second. */
  pass(seconds: number, each?: (visit: Visit) => void): this {
    for (let passedMs = TICK_MS; passedMs <= seconds * 1000; passedMs += TICK_MS) {
      this.atMs += TICK_MS;
      if (passedMs % 1000 === 0) each?.(this);
      this.take(tick);
    }
    return this;
  }

  until(isSo: (state: SwitchState) => boolean): number {
    const fromMs = this.atMs;
    while (!isSo(this.state)) {
      if (this.atMs - fromMs > 3_600_000) throw new Error('An hour passed, and it did not happen.');
      this.pass(TICK_MS / 1000);
    }
    return this.atMs - fromMs;
  }
}

const playing = () => new Visit().take(connected).take(realTimePictured);
const blocked = () => new Visit().pass(2).take(hlsPictured).pass(0.25);

describe('opening a channel', () => {
  it('shows real time, and bothers nobody with HLS while it connects as it should', () => {
    const visit = new Visit().pass(0.25).take(connected).pass(5);
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, warm: false, cause: undefined });
  });

  it('lets the server begin with HLS after half a second, prepares it after 1.5 s and shows it when it has a picture', () => {
    const visit = new Visit().pass(0.5);
    expect(visit.state).toMatchObject({ warm: true, preparing: undefined });
    visit.pass(1);
    expect(visit.state).toMatchObject({ preparing: 'hls', showing: 'real-time' });
    visit.pass(1.5);
    expect(visit.state.showing).toBe('real-time');
    visit.take(hlsPictured);
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: undefined, cause: 'blocked' });
  });

  it('does not show HLS before two seconds, however early it is ready', () => {
    const visit = new Visit().pass(1.5).take(hlsPictured);
    expect(visit.state.showing).toBe('real-time');
    visit.pass(0.5);
    expect(visit.state.showing).toBe('hls');
  });

  it('gives up HLS when real time connects late but first', () => {
    const visit = new Visit().pass(3).take(connected);
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, cause: undefined });
  });

  it('goes to HLS at once when the server has no room, and asks again no earlier than it said', () => {
    const visit = new Visit().take({ kind: 'refused', retryAfterMs: 40_000 });
    expect(visit.state).toMatchObject({ preparing: 'hls', cause: 'no-room' });
    visit.take(hlsPictured);
    expect(visit.state).toMatchObject({ showing: 'hls', cause: 'no-room' });
    visit.until(({ preparing }) => preparing === 'real-time');
    visit.take({ kind: 'refused', retryAfterMs: 40_000 });
    expect(visit.until(({ preparing }) => preparing === 'real-time')).toBeGreaterThanOrEqual(40_000);
  });

  it('shows HLS from the start without WebRTC, and never tries real time', () => {
    const visit = new Visit({ hasWebRtc: false }).take(hlsPictured).pass(600).take({ kind: 'live-asked' }).pass(60);
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: undefined, cause: 'no-webrtc' });
  });

  it('begins with HLS where real time failed within the last hour, and tries real time soon', () => {
    const visit = new Visit({ remembered: true });
    expect(visit.state.showing).toBe('hls');
    visit.take(hlsPictured).pass(8);
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: 'real-time' });
  });

  it('waits for a channel that is not live, without preparing anything', () => {
    const visit = new Visit().pass(0.25).take({ kind: 'away' }).pass(30);
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, cause: undefined });
    visit.take({ kind: 'live' }).pass(1.5);
    expect(visit.state.preparing).toBe('hls');
  });

  it('stays with real time where a channel has no HLS', () => {
    const visit = new Visit().take({ kind: 'hls-offered', offered: false }).pass(30);
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, cause: 'blocked', warm: false });
  });
});

describe('leaving real time', () => {
  it('goes to HLS when more than 8 % is lost for ten seconds, prepared after five', () => {
    const visit = playing().pass(4, (now) => now.take(reading(0.12)));
    expect(visit.state.preparing).toBeUndefined();
    visit.pass(3, (now) => now.take(reading(0.12))).take(hlsPictured);
    expect(visit.state).toMatchObject({ preparing: 'hls', showing: 'real-time' });
    visit.pass(5, (now) => now.take(reading(0.12)));
    expect(visit.state).toMatchObject({ showing: 'hls', cause: 'lossy' });
  });

  it('stays when the loss ends in time', () => {
    const visit = playing()
      .pass(8, (now) => now.take(reading(0.12)))
      .take(hlsPictured)
      .pass(60, (now) => now.take(reading(0.03)));
    expect(visit.shown).toEqual([]);
    expect(visit.state.preparing).toBeUndefined();
  });

  it('goes to HLS when the picture froze twice within a minute, and stays after one freeze', () => {
    const freeze = (visit: Visit) => visit.pass(1).take(reading(0, 5000)).pass(1).take(reading(0, 0));
    const once = freeze(playing()).pass(120, (now) => now.take(reading(0)));
    expect(once.shown).toEqual([]);
    const twice = freeze(freeze(playing()));
    expect(twice.state).toMatchObject({ preparing: 'hls', cause: 'frozen' });
    expect(twice.take(hlsPictured).state.showing).toBe('hls');
  });

  it('takes one freeze of double length as two', () => {
    const visit = playing().take(reading(0, 5000)).pass(4).take(reading(0, 9000));
    expect(visit.state.cause).toBe('frozen');
  });

  it('takes a freeze that lasts as one', () => {
    const visit = playing().take(reading(0, 4500)).take(reading(0, 5500)).take(reading(0, 6500));
    expect(visit.state).toMatchObject({ cause: undefined, preparing: undefined });
  });

  it('goes to HLS when the connection is lost and does not come back', () => {
    const visit = playing().pass(30).take({ kind: 'lost' }).pass(1);
    expect(visit.state.preparing).toBeUndefined();
    visit.pass(1).take(hlsPictured);
    expect(visit.state).toMatchObject({ showing: 'hls', cause: 'blocked' });
  });

  it('goes to HLS at once when the connection has been dead for a while already', () => {
    const visit = playing().pass(30);
    visit.take({ kind: 'lost', sinceMs: visit.atMs - 4000 });
    expect(visit.state.preparing).toBe('hls');
    expect(visit.take(hlsPictured).state.showing).toBe('hls');
  });

  it('goes to HLS with its first picture when the viewer goes back in time, and stays there', () => {
    const visit = playing().pass(5).take({ kind: 'rewound' });
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: 'hls' });
    visit.take(hlsPictured).pass(1800);
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: undefined, cause: 'rewound' });
  });

  it('forgets the way back in time when HLS cannot be had', () => {
    const visit = playing().take({ kind: 'rewound' }).take({ kind: 'hls-failed' }).pass(120);
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, cause: undefined });
  });
});

describe('coming back to real time', () => {
  it('tries out of sight, and shows it only when it is connected and had a picture', () => {
    const visit = blocked();
    expect(visit.until(({ preparing }) => preparing === 'real-time')).toBeGreaterThanOrEqual(14_000);
    visit.take(connected).pass(1);
    expect(visit.state.showing).toBe('hls');
    visit.take(realTimePictured).pass(3, (now) => now.take(reading(0)));
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: undefined, cause: undefined });
  });

  it('waits longer after each try that fails, up to five minutes', () => {
    const visit = blocked();
    const waits = Array.from({ length: 6 }, () => {
      const waitMs = visit.until(({ preparing }) => preparing === 'real-time');
      visit.until(({ preparing }) => preparing === undefined);
      return Math.round(waitMs / 1000);
    });
    expect(waits).toEqual([15, 30, 60, 120, 300, 300]);
  });

  it('tries at once when the viewer asks for what is live, or when the network is another one', () => {
    for (const kind of ['live-asked', 'network'] as const) {
      const visit = blocked().pass(1).take({ kind });
      expect(visit.state.preparing).toBe('real-time');
    }
  });

  it('comes back from the past with the first picture, when the viewer asks', () => {
    const visit = playing().take({ kind: 'rewound' }).take(hlsPictured).pass(60).take({ kind: 'live-asked' });
    visit.take(connected).take(realTimePictured);
    expect(visit.state.showing).toBe('real-time');
  });

  it('asks a network that was lossy for ten clean seconds', () => {
    const visit = playing()
      .pass(7, (now) => now.take(reading(0.2)))
      .take(hlsPictured)
      .pass(5, (now) => now.take(reading(0.2)));
    expect(visit.state.showing).toBe('hls');
    visit.until(({ preparing }) => preparing === 'real-time');
    visit
      .take(connected)
      .take(realTimePictured)
      .pass(9, (now) => now.take(reading(0.01)));
    expect(visit.state.showing).toBe('hls');
    visit.pass(3, (now) => now.take(reading(0.01)));
    expect(visit.state.showing).toBe('real-time');
  });

  it('gives a try up that is still lossy', () => {
    const visit = playing()
      .pass(7, (now) => now.take(reading(0.2)))
      .take(hlsPictured)
      .pass(5, (now) => now.take(reading(0.2)));
    visit.until(({ preparing }) => preparing === 'real-time');
    visit
      .take(connected)
      .take(realTimePictured)
      .pass(40, (now) => now.take(reading(0.1)));
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: undefined });
  });

  it('goes to real time at once when HLS ends, which leaves nothing to lose', () => {
    expect(blocked().take({ kind: 'hls-failed' }).state).toMatchObject({ showing: 'real-time', cause: undefined });
  });
});

describe('a pinned transport', () => {
  it('is never left', () => {
    const realTime = new Visit({ pinned: 'real-time' }).pass(60).take(hlsPictured).pass(60);
    expect(realTime.state).toMatchObject({ showing: 'real-time', preparing: undefined });
    const hls = new Visit({ pinned: 'hls' }).take({ kind: 'hls-failed' }).pass(600);
    expect(hls.state).toMatchObject({ showing: 'hls', preparing: undefined });
  });

  it('is prepared while there is a picture to keep, and shown when it has its own', () => {
    const visit = playing().take({ kind: 'pinned', transport: 'hls' });
    expect(visit.state).toMatchObject({ showing: 'real-time', preparing: 'hls' });
    expect(visit.take(hlsPictured).state).toMatchObject({ showing: 'hls', preparing: undefined });
    visit.take({ kind: 'pinned', transport: 'real-time' });
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: 'real-time' });
    expect(visit.take(realTimePictured).state.showing).toBe('real-time');
  });

  it('is shown at once when there is no picture, and when it cannot be had', () => {
    expect(new Visit().take({ kind: 'pinned', transport: 'hls' }).state.showing).toBe('hls');
    const refused = playing().take({ kind: 'pinned', transport: 'hls' });
    refused.pass(1).take({ kind: 'hls-failed' });
    expect(refused.state.showing).toBe('hls');
  });

  it('is left again when the viewer lets go of it', () => {
    const visit = playing().take({ kind: 'pinned', transport: 'hls' }).take(hlsPictured);
    visit.take({ kind: 'pinned', transport: undefined });
    expect(visit.state).toMatchObject({ showing: 'hls', preparing: 'real-time' });
  });
});

describe('any run of facts', () => {
  const facts: readonly SwitchFact[] = [
    connected,
    { kind: 'lost' },
    { kind: 'refused', retryAfterMs: 1000 },
    { kind: 'away' },
    { kind: 'live' },
    reading(0.5),
    reading(0),
    reading(0.1, 9000),
    hlsPictured,
    realTimePictured,
    { kind: 'hls-failed' },
    { kind: 'hls-offered', offered: false },
    { kind: 'hls-offered', offered: true },
  ];
  let seed = 20_261_121;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed % below;
  };

  it('never flaps: what nobody asked for changes the picture at most four times a minute, and less and less', () => {
    for (let run = 0; run < 200; run += 1) {
      const visit = new Visit();
      for (let second = 0; second < 900; second += 1) {
        visit.pass(1);
        if (visit.state.preparing === 'hls' && random(3) === 0) visit.take(hlsPictured);
        if (visit.state.preparing === 'real-time' && random(3) === 0) visit.take(connected).take(realTimePictured);
        const fact = facts[random(facts.length)];
        if (fact !== undefined && fact.kind !== 'hls-failed' && fact.kind !== 'hls-offered') visit.take(fact);
      }
      for (const { atMs } of visit.shown) {
        expect(visit.shown.filter((one) => one.atMs >= atMs && one.atMs < atMs + 60_000).length).toBeLessThanOrEqual(4);
      }
      expect(visit.shown.filter(({ atMs }) => atMs > 600_000).length).toBeLessThanOrEqual(6);
    }
  });

  it('never changes to what has no picture while there is one, unless that cannot be had any more', () => {
    for (let run = 0; run < 500; run += 1) {
      const visit = new Visit({ remembered: run % 3 === 0 });
      for (let step = 0; step < 200; step += 1) {
        const fact = random(2) === 0 ? undefined : facts[random(facts.length)];
        const before = visit.state;
        if (fact === undefined) visit.pass(1 + random(20));
        else visit.take(fact);
        if (fact === undefined || before.showing === visit.state.showing) continue;
        const { showing } = visit.state;
        if (showing === 'hls') expect(visit.state.hlsPictured).toBe(true);
        else if (fact.kind !== 'hls-failed' && fact.kind !== 'hls-offered')
          expect(visit.state.realTimePictured).toBe(true);
      }
    }
  });
});
