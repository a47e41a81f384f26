import { z } from 'zod';
import { Arrangement } from './scene.js';
import { ChangeScene } from './stage.js';

/**
 * Body of `POST /api/recordings/:id/compose`: what is to be other than it was in the show; with nothing in it, it is composed as it was. Images that it
 * names are those of the show, and else those of the channel as they are now.
 */
export const ComposeRecording = z.strictObject({
  /** Of the new recording; else that of this one. */
  title: z.string().trim().min(1).max(200).optional(),
  /** Put over every arrangement of the show. A card is taken away by null. */
  scene: ChangeScene.omit({ order: true }).optional(),
  /** In the place of every arrangement of the show, but for its cards: guests are there when they were on the stage, and stay muted when they were. */
  arrangement: Arrangement.optional(),
});
export type ComposeRecording = z.infer<typeof ComposeRecording>;

/** How composing is: `waiting` for others that are composed before; `ready` when there is a new recording. */
export const CompositionState = z.enum(['none', 'waiting', 'composing', 'ready', 'failed', 'cancelled']);
export type CompositionState = z.infer<typeof CompositionState>;

/** What became of composing a recording's show again, the last time: answer of `GET /api/recordings/:id/compose`. */
export const Composition = z.object({
  state: CompositionState,
  /** How much is done while it is composed, 0 to 1; else null. */
  progress: z.number().nullable(),
  /** Why it failed, a sentence. */
  reason: z.string().nullable(),
  /** Id of the new recording, in the same channel; null until it is ready. */
  recording: z.string().nullable(),
  /** Whose own tracks were kept; without any, nothing can be composed. */
  guests: z.array(z.object({ guest: z.string(), label: z.string() })),
});
export type Composition = z.infer<typeof Composition>;
