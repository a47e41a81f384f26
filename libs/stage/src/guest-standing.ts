/** How the guest of a program is doing at a tick. */
export interface GuestStanding {
  readonly name: string;
  /** Whether there is no publisher. */
  readonly isGone: boolean;
  /** Since its last packet came. */
  readonly silentMs: number;
  /** Whether it has a picture of its present publisher to show. */
  readonly hasPicture: boolean;
}

/** How a guest of a stage is doing at a tick. */
export interface StageStanding extends GuestStanding {
  /** Since its last picture was decoded. */
  readonly pictureAgeMs: number;
}
