/** Thrown when there is no such recording. */
export class RecordingUnknown extends Error {
  constructor() {
    super('There is no such recording.');
    this.name = 'RecordingUnknown';
  }
}

/** Thrown when a recording has no such file. */
export class RecordingFileUnknown extends Error {
  constructor() {
    super('The recording has no such file.');
    this.name = 'RecordingFileUnknown';
  }
}

/** Thrown when a recording is to be deleted that still runs. */
export class RecordingRunning extends Error {
  constructor() {
    super('The recording still runs: end its stream first.');
    this.name = 'RecordingRunning';
  }
}

/** Thrown when something is asked of a recording that is possible once it is ready. */
export class RecordingNotReady extends Error {
  constructor() {
    super('The recording is not finished yet: try again later.');
    this.name = 'RecordingNotReady';
  }
}

/** Thrown for a clip that cannot be cut. */
export class ClipInvalid extends Error {
  constructor(why: string) {
    super(`The clip cannot be cut: ${why}.`);
    this.name = 'ClipInvalid';
  }
}

/** Thrown for captions in something that is no language tag. */
export class CaptionLanguageInvalid extends Error {
  constructor() {
    super('The language must be a tag such as "en" or "pt-BR" (BCP 47).');
    this.name = 'CaptionLanguageInvalid';
  }
}

/** Thrown when a recording has captions in as many languages as it may have. */
export class CaptionsExhausted extends Error {
  constructor(most: number) {
    super(`A recording has captions in at most ${most} languages.`);
    this.name = 'CaptionsExhausted';
  }
}

/** Thrown when a recording has no captions in that language. */
export class CaptionUnknown extends Error {
  constructor() {
    super('The recording has no captions in this language.');
    this.name = 'CaptionUnknown';
  }
}

/** Thrown when too many clips are being cut. */
export class ClipsExhausted extends Error {
  constructor() {
    super('Too many clips are being cut: try again later.');
    this.name = 'ClipsExhausted';
  }
}

/** Thrown when the show of a recording cannot be composed again. */
export class CompositionImpossible extends Error {
  constructor(why: string) {
    super(`The show cannot be composed again: ${why}.`);
    this.name = 'CompositionImpossible';
  }
}

/** Thrown when the show of a recording is being composed, or waits for it. */
export class CompositionRunning extends Error {
  constructor() {
    super('The show is being composed already: wait for it, or cancel it.');
    this.name = 'CompositionRunning';
  }
}

/** Thrown when too many shows wait to be composed. */
export class CompositionsExhausted extends Error {
  constructor() {
    super('Too many shows wait to be composed: try again later.');
    this.name = 'CompositionsExhausted';
  }
}
