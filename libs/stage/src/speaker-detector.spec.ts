import { describe, expect, it } from 'vitest';
import { SILENT_LEVEL, SpeakerDetector } from './speaker-detector.js';

/** Levels of guests, every 20 ms, and who speaks after them. */
class Talk {
  readonly detector = new SpeakerDetector();
  nowMs = 0;

  levels(levels: Readonly<Record<string, number>>, forMs: number): string | undefined {
    let speaker: string | undefined;
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs; this.nowMs += 20) {
      for (const [guest, level] of Object.entries(levels)) this.detector.observe(guest, level, this.nowMs);
      speaker = this.detector.speaker(this.nowMs);
    }
    return speaker;
  }
}

describe('SpeakerDetector', () => {
  it('takes a voice for the speaker after 300 ms, not for a cough', () => {
    const talk = new Talk();
    expect(talk.levels({ anna: SILENT_LEVEL, bert: SILENT_LEVEL }, 500)).toBeUndefined();
    expect(talk.levels({ anna: 20, bert: SILENT_LEVEL }, 280)).toBeUndefined();
    expect(talk.levels({ anna: SILENT_LEVEL, bert: SILENT_LEVEL }, 1000)).toBeUndefined();
    expect(talk.levels({ anna: 20, bert: SILENT_LEVEL }, 600)).toBe('anna');
  });

  it('stays for two seconds with whoever has just become the speaker', () => {
    const talk = new Talk();
    talk.levels({ anna: 20, bert: SILENT_LEVEL }, 600);
    expect(talk.levels({ anna: SILENT_LEVEL, bert: 20 }, 1500)).toBe('anna');
    expect(talk.levels({ anna: SILENT_LEVEL, bert: 20 }, 600)).toBe('bert');
  });

  it('lets nobody take over who is less than 6 dB louder', () => {
    const talk = new Talk();
    talk.levels({ anna: 25, bert: SILENT_LEVEL }, 3000);
    expect(talk.levels({ anna: 25, bert: 20 }, 5000)).toBe('anna');
    expect(talk.levels({ anna: 25, bert: 17 }, 1500)).toBe('bert');
  });

  it('stays with the last speaker while all are silent, and does not take noise for a voice', () => {
    const talk = new Talk();
    talk.levels({ anna: 20, bert: 60 }, 3000);
    expect(talk.levels({ anna: SILENT_LEVEL, bert: 60 }, 5000)).toBe('anna');
  });

  it('forgets a guest who has left, and takes one of whom nothing comes for silent', () => {
    const talk = new Talk();
    talk.levels({ anna: 20 }, 1000);
    talk.detector.forget('anna');
    expect(talk.detector.speaker(talk.nowMs)).toBeUndefined();
    talk.levels({ bert: 20 }, 3000);
    talk.nowMs += 2000;
    expect(talk.levels({ cleo: 40 }, 1000)).toBe('cleo');
  });
});
