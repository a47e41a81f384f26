/** Thrown when nobody on the stage has that id. */
export class GuestUnknown extends Error {
  constructor(guest: string) {
    super(`There is nobody "${guest}" on the stage.`);
    this.name = 'GuestUnknown';
  }
}

/** Thrown when a guest is to be watched who sends nothing now. */
export class GuestNotConnected extends Error {
  constructor(guest: string) {
    super(`"${guest}" sends nothing now: try again when the stage tells otherwise.`);
    this.name = 'GuestNotConnected';
  }
}

/** Thrown when there is no change to take back. */
export class NothingToUndo extends Error {
  constructor() {
    super('There is no change to take back.');
    this.name = 'NothingToUndo';
  }
}

/** Thrown when no more people can be on the stage, or on air. */
export class StageFull extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'StageFull';
  }
}

/** Thrown when somebody wants what was taken from them by sending them away. */
export class RemovedFromStage extends Error {
  constructor() {
    super('You were removed from this stage: only a new invitation lets you in again.');
    this.name = 'RemovedFromStage';
  }
}

/** Thrown when a change names an image that the channel does not have. */
export class StageImageUnknown extends Error {
  constructor(image: string) {
    super(`The channel has no image "${image}".`);
    this.name = 'StageImageUnknown';
  }
}

/** Thrown when what was uploaded cannot be an image of a stage; says why. */
export class StageImageInvalid extends Error {
  constructor(why: string) {
    super(`This is no image for a stage: ${why}.`);
    this.name = 'StageImageInvalid';
  }
}

/** Thrown when a channel has as many images as it may. */
export class StageImagesExhausted extends Error {
  constructor(most: number) {
    super(`A channel has at most ${most} images: delete one first.`);
    this.name = 'StageImagesExhausted';
  }
}
