import { signal } from '@preact/signals';
import type { ConnectionState } from '../media/connection.js';
import { PICTURE_PRESETS, SOUND_MAX_BPS } from '../media/publish-quality.js';
import { WhipClient } from '../media/whip-client.js';
import { isCaptureAllowedHere, openScreen } from '../studio/capture.js';
import { deviceErrorOf } from '../studio/device-error.js';
import type { DeviceError } from '../studio/device-error.js';

const SCREEN = PICTURE_PRESETS['720p'];
/** To call the choice off is an answer and no trouble. */
const ANSWERS: readonly DeviceError[] = ['denied', 'dismissed'];

/** A shared screen beside the camera: a guest of its own on the stage. */
export class ScreenShare {
  readonly track = signal<MediaStreamTrack | null>(null);
  readonly state = signal<ConnectionState>('idle');
  readonly trouble = signal<DeviceError | undefined>(undefined);
  #client: WhipClient | undefined;
  #sound: MediaStreamTrack | undefined;

  /** WHIP endpoint, and the token of the guest. */
  constructor(
    private readonly endpoint: string,
    private readonly token: string,
  ) {}

  /** Asks for a screen and shares it, in the place of one that is shared. */
  async start(): Promise<void> {
    this.trouble.value = undefined;
    try {
      // All that the computer plays would have the other guests in it.
      const { video, audio } = await openScreen(SCREEN, 'exclude');
      this.stop();
      await this.#share(video, audio);
    } catch (error) {
      const trouble = deviceErrorOf(error, isCaptureAllowedHere());
      if (!ANSWERS.includes(trouble)) this.trouble.value = trouble;
    }
  }

  /** Shares no more; idempotent. */
  stop(): void {
    this.#client?.stop();
    this.#client = undefined;
    this.track.value?.stop();
    this.#sound?.stop();
    this.#sound = undefined;
    this.track.value = null;
    this.state.value = 'idle';
  }

  /** To be called when the network changed or came back. */
  nudge(): void {
    this.#client?.nudge();
  }

  /** Cuts a wait for the next try short: the server answers again. */
  retry(): void {
    this.#client?.retry();
  }

  async #share(video: MediaStreamTrack, audio: MediaStreamTrack | undefined): Promise<void> {
    const client = new WhipClient({
      endpoint: this.endpoint,
      token: this.token,
      isReplaced: async () => false,
      onState: (state) => {
        if (client !== this.#client) return;
        this.state.value = state;
        if (state === 'refused') this.stop();
      },
    });
    this.#client = client;
    this.#sound = audio;
    this.track.value = video;
    video.addEventListener('ended', () => this.track.value === video && this.stop());
    await client.setTrack('video', video);
    await client.setTrack('audio', audio ?? null);
    await client.setQuality(SCREEN, SOUND_MAX_BPS.music);
    if (client === this.#client) client.start();
  }
}
