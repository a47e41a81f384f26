/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels; on a canvas all four numbers are even, for the sake of chroma. */
export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** An opaque colour, 0 to 255 each. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** What a layer shows. */
export type LayerSource =
  | { readonly type: 'guest'; readonly guest: string }
  /** A picture that the program knows by this name. */
  | { readonly type: 'image'; readonly image: string }
  /** The card that says that the channel will be right back, or that it begins soon. */
  | { readonly type: 'slate'; readonly title: string; readonly card?: StageCard }
  /** A name or a title, drawn into the rectangle as its style says. */
  | { readonly type: 'text'; readonly style: TextStyle; readonly text: string };

/** A card that hides the stage. */
export type StageCard = 'starting-soon' | 'be-right-back';

/** How a text looks: a name on a tile, a name in the place of a picture, or a title across the picture. */
export type TextStyle = 'label' | 'placard' | 'title';

/** Whether a picture is shown whole or fills its rectangle. */
export type Fit = 'contain' | 'cover';

/** One picture of a scene. */
export interface Layer {
  /** The same for as long as it is meant to be the same layer. */
  readonly id: string;
  readonly source: LayerSource;
  readonly rect: Rect;
  readonly fit: Fit;
  /** From 0 to 1. */
  readonly opacity: number;
  /** Of the corners, pixels. Default 0. */
  readonly radius?: number;
  /** Without colour, and darker: what is shown is old. */
  readonly isGrey?: boolean;
}

/** The arrangement of a program at a tick; never changed, only replaced. */
export interface Scene {
  readonly canvas: Size;
  readonly background: Colour;
  /** Lowest first. */
  readonly layers: readonly Layer[];
  /** Linear gain of each guest that is heard. */
  readonly gains: Readonly<Record<string, number>>;
}
