import { signal } from '@preact/signals';

/** What the browser would say if it was asked now; `unknown` where it does not tell. */
export type PermissionAnswer = 'granted' | 'denied' | 'prompt' | 'unknown';

/** Follows what the browser lets the page do, so that the page mends itself when somebody changes it. */
export class PermissionWatch {
  readonly camera = signal<PermissionAnswer>('unknown');
  readonly microphone = signal<PermissionAnswer>('unknown');

  /** `onGranted` is told when something was let in that was not before. */
  constructor(onGranted: () => void) {
    for (const name of ['camera', 'microphone'] as const) void this.#follow(name, onGranted);
  }

  async #follow(name: 'camera' | 'microphone', onGranted: () => void): Promise<void> {
    // Firefox and older Safari know no such names and reject.
    const status = await navigator.permissions?.query({ name }).catch(() => undefined);
    if (status === undefined) return;
    this[name].value = status.state;
    status.addEventListener('change', () => {
      this[name].value = status.state;
      if (status.state === 'granted') onGranted();
    });
  }
}
