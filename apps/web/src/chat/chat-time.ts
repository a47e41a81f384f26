import { useEffect, useState } from 'preact/hooks';
import { language } from '../language/language.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day in the reader's way; `atMs` in Unix milliseconds. */
export function dayTime(atMs: number): string {
  const code = language.value;
  const format = formats.get(code) ?? new Intl.DateTimeFormat(code, { hour: 'numeric', minute: '2-digit' });
  formats.set(code, format);
  return format.format(atMs);
}

/** A moment that may be days away, in the reader's way; `atMs` in Unix milliseconds. */
export function farTime(atMs: number): string {
  const near = Math.abs(atMs - Date.now()) < 12 * 3_600_000;
  if (near) return dayTime(atMs);
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

/** Whole seconds until a moment, renewed until it is there; 0 after it. */
export function useSecondsUntil(untilMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now());
  const seconds = Math.max(0, Math.ceil((untilMs - Math.max(nowMs, Date.now())) / 1000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => setNowMs(Date.now()), 250);
    return () => clearTimeout(timer);
  }, [seconds, nowMs, untilMs]);
  return seconds;
}
