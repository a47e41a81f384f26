import { Injectable } from '@nestjs/common';
import { Compositions } from './compositions.js';
import { Finaliser } from './finaliser.js';
import { RecordingRunning } from './recording-errors.js';
import { RecordingLibrary } from './recording-library.js';
import { Uploader } from './uploader.js';

/** Deletes recordings with everything that belongs to them. */
@Injectable()
export class RecordingRemoval {
  readonly #library: RecordingLibrary;
  readonly #finaliser: Finaliser;
  readonly #uploader: Uploader;
  readonly #compositions: Compositions;

  constructor(library: RecordingLibrary, finaliser: Finaliser, uploader: Uploader, compositions: Compositions) {
    this.#library = library;
    this.#finaliser = finaliser;
    this.#uploader = uploader;
    this.#compositions = compositions;
  }

  /** Throws RecordingUnknown, RecordingRunning, or ObjectStorageFailed, after which the recording is still there. */
  async remove(id: string): Promise<void> {
    const { state } = await this.#library.find(id);
    if (state === 'recording' || this.#library.running.has(id)) throw new RecordingRunning();
    await this.#compositions.cancel(id);
    await this.#finaliser.cancel(id);
    await this.#uploader.cancel(id);
    const { remote } = this.#library;
    if (remote !== undefined) {
      for (const { name } of (await this.#library.find(id)).files) await remote.remove(`${id}/${name}`);
    }
    await this.#library.remove(id);
  }
}
