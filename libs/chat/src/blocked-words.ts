import { leetForm, plainForm } from '@weir/auth';
import { type LetterRuns, letterRuns } from './letter-runs.js';

const separators = /[^\p{L}\p{N}\p{M}]+/gu;
const signs = /[^\p{L}\p{N}\p{M}\s]+/gu;
const unspaced =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const SPELLED_MIN = 3;

/**
 * Words that messages must not have, found whatever their case, accents, look-alikes, repeated letters and what stands between their
 * letters. A word is found as a whole, or anywhere in scripts that are written without spaces; `*` at an end of it lets it go on there.
 */
export class BlockedWords {
  readonly #root = newNode();
  readonly #symbols: readonly string[];

  constructor(words: readonly string[]) {
    for (const form of new Set(words.flatMap((word) => [plainForm(word), leetForm(word)]))) this.#add(form);
    const forms = words.map((word) => plainForm(word).trim());
    this.#symbols = forms.filter((form) => form.replaceAll(separators, '') === '' && !/^\**$/.test(form));
  }

  /** Whether a text has one of the words. */
  has(text: string): boolean {
    const forms = [plainForm(text), leetForm(text)];
    if (this.#symbols.some((symbol) => forms[0]!.includes(symbol))) return true;
    return forms.some((form) => this.#hasWord(form.replaceAll(separators, ' ')) || this.#hasWord(closed(form)));
  }

  #add(form: string): void {
    const parts = form.split(separators).filter((part) => part !== '');
    if (parts.length === 0) return;
    const isUnspaced = unspaced.test(form);
    const isOpenBefore = form.startsWith('*') || isUnspaced;
    const isOpenAfter = form.endsWith('*') || isUnspaced;
    const isSpelled = [...parts.join('')].length >= SPELLED_MIN;
    for (const spelling of new Set([parts.join(' '), parts.join('')])) {
      const { letters, counts } = letterRuns(spelling);
      let node = this.#root;
      for (const letter of letters) node = nextOf(node, letter);
      node.words.push({ counts, isOpenBefore, isOpenAfter, isSpelled });
    }
  }

  #hasWord(text: string): boolean {
    if (this.#isIn(letterRuns(text), false)) return true;
    return spelledOut(text).some((run) => this.#isIn(letterRuns(run), true));
  }

  #isIn(runs: LetterRuns, isSpelledOut: boolean): boolean {
    return runs.letters.some((letter, from) => letter !== ' ' && this.#startsAt(runs, from, isSpelledOut));
  }

  #startsAt({ letters, counts }: LetterRuns, from: number, isSpelledOut: boolean): boolean {
    const isStart = from === 0 || letters[from - 1] === ' ';
    let node: Node | undefined = this.#root;
    for (let at = from; at < letters.length; at += 1) {
      node = node.next.get(letters[at]!);
      if (node === undefined) return false;
      const isEnd = at + 1 === letters.length || letters[at + 1] === ' ';
      const isHit = node.words.some((word) => {
        const fits = isSpelledOut ? word.isSpelled : (isStart || word.isOpenBefore) && (isEnd || word.isOpenAfter);
        return fits && word.counts.every((count, index) => counts[from + index]! >= count);
      });
      if (isHit) return true;
    }
    return false;
  }
}

interface Word {
  /** How often each of its letters stands there at least. */
  readonly counts: readonly number[];
  readonly isOpenBefore: boolean;
  readonly isOpenAfter: boolean;
  /** Long enough to be told from letters that stand alone. */
  readonly isSpelled: boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  readonly words: Word[];
}

function newNode(): Node {
  return { next: new Map(), words: [] };
}

function nextOf(node: Node, letter: string): Node {
  let next = node.next.get(letter);
  if (next === undefined) node.next.set(letter, (next = newNode()));
  return next;
}

function closed(text: string): string {
  return text.replaceAll(signs, '').replaceAll(/\s+/gu, ' ');
}

function spelledOut(text: string): string[] {
  const runs: string[] = [];
  let run: string[] = [];
  for (const word of [...text.split(' '), '--']) {
    const letters = [...word];
    if (letters.length === 1) {
      run.push(word);
      continue;
    }
    if (run.length >= SPELLED_MIN) runs.push(run.join(''));
    run = [];
  }
  return runs;
}
