import { useEffect, useRef, useState } from 'preact/hooks';
import { studioWords } from '../language/studio.js';
import { SoundLevel } from './sound-level.js';

type Hearing = 'meterOk' | 'meterSilent' | 'meterClipping' | 'meterMuted';

const WORD_INTERVAL_MS = 250;
const CLIPPING_SAID_MS = 1500;

/** Shows that the microphone hears something; drawn by a transform, so that no frame renders anything else. */
export function MicrophoneMeter({ track, on }: { track: MediaStreamTrack; on: boolean }) {
  const bar = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLDivElement>(null);
  const [hearing, setHearing] = useState<Hearing>('meterOk');
  useEffect(() => {
    const sound = new SoundLevel(track);
    let shown = 0;
    let saidMs = 0;
    let clippedMs = -Infinity;
    let frame = requestAnimationFrame(function draw(nowMs) {
      const { level, silent, clipping } = sound.read(nowMs);
      if (clipping) clippedMs = nowMs;
      shown = Math.max(level, shown - 0.02);
      if (bar.current !== null) bar.current.style.transform = `scaleX(${shown})`;
      if (nowMs - saidMs > WORD_INTERVAL_MS) {
        saidMs = nowMs;
        meter.current?.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
        const isLoud = nowMs - clippedMs < CLIPPING_SAID_MS;
        setHearing(!on ? 'meterMuted' : silent ? 'meterSilent' : isLoud ? 'meterClipping' : 'meterOk');
      }
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      sound.close();
    };
  }, [track, on]);
  const words = studioWords.value;
  return (
    <div class="meter-block">
      <div
        ref={meter}
        class="meter"
        role="meter"
        aria-label={words.meter}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        aria-valuetext={words[hearing]}
        data-testid="meter"
      >
        <div ref={bar} class="meter-bar" />
      </div>
      <p class={hearing === 'meterOk' ? 'hint' : 'hint hint-warn'} role="status" data-testid="hearing">
        {words[hearing]}
      </p>
    </div>
  );
}
