/** A text as letters that differ from their neighbours, and how often each stands there in a row. */
export interface LetterRuns {
  readonly letters: readonly string[];
  readonly counts: readonly number[];
}

/** Takes repeated letters of a text together. */
export function letterRuns(text: string): LetterRuns {
  const letters: string[] = [];
  const counts: number[] = [];
  for (const letter of text) {
    if (letter === letters.at(-1)) counts[counts.length - 1]! += 1;
    else counts[letters.push(letter) - 1] = 1;
  }
  return { letters, counts };
}
