/** Sound of a microphone and of a screen in one track. */
export class SoundMix {
  /** What is to be sent. */
  readonly track: MediaStreamTrack;
  readonly #context = new AudioContext();

  constructor(sources: readonly MediaStreamTrack[]) {
    const destination = this.#context.createMediaStreamDestination();
    for (const source of sources) {
      this.#context.createMediaStreamSource(new MediaStream([source])).connect(destination);
    }
    void this.#context.resume();
    this.track = destination.stream.getAudioTracks()[0]!;
  }

  /** Ends the mix; its sources go on. Idempotent. */
  close(): void {
    this.track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
