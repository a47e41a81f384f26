/** Why somebody may watch a channel, so that it can be asked again whether they still may. */
export interface WatchLeave {
  readonly channel: string;
  /** Key of the caller. */
  readonly key: string;
  readonly isAdmin: boolean;
  /** Whether what the caller showed lets him use his role. */
  readonly mayRead: boolean;
  /** Which token of the channel he showed, if any. */
  readonly watchEpoch: number | undefined;
}
