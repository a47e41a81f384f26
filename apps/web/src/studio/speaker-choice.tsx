import { useState } from 'preact/hooks';
import { deviceWords } from '../language/device.js';
import { findChosen } from './device-choice.js';
import { DeviceSelect } from './device-select.js';
import type { Sources } from './sources.js';

const TONE_SECONDS = 0.6;
const TONE_HZ = [523, 659];

/** Picks the speaker and tries it, where the browser lets a page choose one. */
export function SpeakerChoice({ sources }: { sources: Sources }) {
  const words = deviceWords.value;
  const { speakers } = sources.devices.value;
  const [playing, setPlaying] = useState(false);
  if (speakers.length === 0 || !('setSinkId' in AudioContext.prototype)) return null;
  const chosen = findChosen(speakers, sources.choices.value.speaker) ?? speakers[0];
  const test = () => {
    setPlaying(true);
    void playTone(chosen?.deviceId ?? '').finally(() => setPlaying(false));
  };
  return (
    <div class="speaker">
      <DeviceSelect
        label={words.speaker}
        devices={speakers}
        used={chosen?.deviceId}
        testId="speaker-choice"
        onChoose={(speaker) => sources.choose({ speaker })}
      />
      <button type="button" class="button" disabled={playing} data-testid="test-speaker" onClick={test}>
        {words.testSpeaker}
      </button>
    </div>
  );
}

async function playTone(sinkId: string): Promise<void> {
  const context: AudioContext & { setSinkId?: (id: string) => Promise<void> } = new AudioContext();
  try {
    await context.setSinkId?.(sinkId === 'default' ? '' : sinkId).catch(() => undefined);
    const gain = context.createGain();
    gain.gain.setValueAtTime(0.15, context.currentTime);
    gain.gain.linearRampToValueAtTime(0, context.currentTime + TONE_SECONDS);
    gain.connect(context.destination);
    const ended = TONE_HZ.map((frequency, place) => {
      const tone = new OscillatorNode(context, { frequency });
      tone.connect(gain);
      tone.start(context.currentTime + (place * TONE_SECONDS) / TONE_HZ.length);
      tone.stop(context.currentTime + TONE_SECONDS);
      return new Promise((resolve) => tone.addEventListener('ended', resolve));
    });
    await Promise.all(ended);
  } finally {
    await context.close();
  }
}
