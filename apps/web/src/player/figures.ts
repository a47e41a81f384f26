/** Figures of one transport for the curious, by their names in the catalogue, each in words; what is not known is left out. */
export type Figures = Readonly<Partial<Record<FigureName, string>>>;

/** What can be told of a transport. */
export type FigureName =
  | 'picture'
  | 'frameRate'
  | 'codecs'
  | 'bitrate'
  | 'network'
  | 'loss'
  | 'roundTrip'
  | 'jitter'
  | 'buffer'
  | 'latency'
  | 'dropped'
  | 'freezes'
  | 'stalls'
  | 'repairs';

/** Leaves out what is not known. */
export function figuresOf(values: Readonly<Partial<Record<FigureName, string | undefined>>>): Figures {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}
