/** Thrown when no channel has that name, or none that the caller may know of. */
export class ChannelUnknown extends Error {
  constructor(name: string) {
    super(`There is no channel "${name}".`);
    this.name = 'ChannelUnknown';
  }
}

/** Thrown when a channel is to be made under a name that is taken. */
export class ChannelExists extends Error {
  constructor(name: string) {
    super(`The channel "${name}" exists already.`);
    this.name = 'ChannelExists';
  }
}

/** Thrown when somebody wants to watch a channel that is not live. */
export class StreamNotLive extends Error {
  constructor(name: string) {
    super(`The channel "${name}" is not live: try again later.`);
    this.name = 'StreamNotLive';
  }
}

/** Thrown when a channel cannot be deleted as it is; says what to do first. */
export class ChannelInUse extends Error {
  constructor(name: string, remedy: string) {
    super(`The channel "${name}" cannot be deleted yet: ${remedy}.`);
    this.name = 'ChannelInUse';
  }
}
