import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CaptionTrack } from '@weir/contract';
import { type CaptionRow, type CaptionTable, Database } from '@weir/store';
import { CaptionLanguageInvalid, CaptionsExhausted, CaptionUnknown } from './recording-errors.js';
import { readWebVtt, writeWebVtt } from './web-vtt.js';

const mostLanguages = 30;

/** The captions of recordings, one text for each language. */
@Injectable()
export class RecordingCaptions {
  readonly #table: CaptionTable;

  constructor(database: Database) {
    this.#table = database.captions;
  }

  /** Those of a recording, by language. */
  async list(recording: string): Promise<CaptionTrack[]> {
    return (await this.#table.list(recording)).map(viewOf);
  }

  /** The WebVTT of one language; throws CaptionUnknown. */
  async text(recording: string, language: string): Promise<CaptionRow & { readonly text: string }> {
    const found = await this.#table.text(recording, language);
    if (found === undefined) throw new CaptionUnknown();
    return found;
  }

  /** Sets the captions of one language; throws CaptionLanguageInvalid, CaptionsMalformed or CaptionsExhausted. */
  async put(recording: string, language: string, label: string | undefined, text: string): Promise<CaptionTrack> {
    const tag = languageTag(language);
    const written = writeWebVtt(readWebVtt(text));
    const known = await this.#table.list(recording);
    if (known.length >= mostLanguages && known.every((row) => row.language !== tag)) {
      throw new CaptionsExhausted(mostLanguages);
    }
    const row: CaptionRow = {
      recording,
      language: tag,
      label: label ?? ownName(tag),
      updatedAtMs: Date.now(),
      tag: createHash('sha256').update(written).digest('base64url').slice(0, 22),
    };
    await this.#table.put(row, written);
    return viewOf(row);
  }

  /** Removes the captions of one language; throws CaptionLanguageInvalid or CaptionUnknown. */
  async remove(recording: string, language: string): Promise<void> {
    if (!(await this.#table.delete(recording, languageTag(language)))) throw new CaptionUnknown();
  }
}

function viewOf({ recording, language, label, updatedAtMs }: CaptionRow): CaptionTrack {
  const url = `/recordings/${recording}/captions.${language}.vtt`;
  return { language, label, url, updatedAt: new Date(updatedAtMs).toISOString() };
}

function languageTag(language: string): string {
  if (!/^[A-Za-z0-9-]{2,35}$/.test(language)) throw new CaptionLanguageInvalid();
  try {
    return Intl.getCanonicalLocales(language)[0]!;
  } catch {
    throw new CaptionLanguageInvalid();
  }
}

function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
