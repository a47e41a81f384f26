import type { ComponentChildren } from 'preact';
import { hueOf } from './hue.js';

/** A drawn weir in a colour that belongs to the name, and what lies on it. */
export function Flow({ name, children }: { name: string; children?: ComponentChildren }) {
  return (
    <span class="card-poster" style={{ '--hue': String(hueOf(name)) }}>
      <svg class="card-flow" viewBox="0 0 320 180" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 58h96c58 0 44 66 102 66h122v56H0z" />
        <path d="M0 90h70c58 0 42 54 100 54h150v36H0z" />
        <path d="M0 124h44c52 0 44 34 96 34h180v22H0z" />
      </svg>
      {children}
    </span>
  );
}
