import { z } from 'zod';

/** Captions of a recording in one language; the URL is a path on this server. */
export const CaptionTrack = z.object({
  /** BCP 47, such as `en` or `pt-BR`. */
  language: z.string(),
  /** What menus call it. */
  label: z.string(),
  /** WebVTT. */
  url: z.string(),
  updatedAt: z.iso.datetime(),
});
export type CaptionTrack = z.infer<typeof CaptionTrack>;

/** Answer of `GET /api/recordings/:id/captions`, by language. */
export const CaptionList = z.array(CaptionTrack);
export type CaptionList = z.infer<typeof CaptionList>;

/** Query of `PUT /api/recordings/:id/captions/:language`, whose body is WebVTT. */
export const CaptionQuery = z.object({
  /** The language's own name when left out. */
  label: z.string().trim().min(1).max(60).optional(),
});
export type CaptionQuery = z.infer<typeof CaptionQuery>;
