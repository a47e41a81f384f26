const MOST_MARKS = 4;

/** A text on one line as it is shown to others: without control characters, piled-up accents and what turns the direction of writing around. */
export function shownText(text: string): string {
  return (
    text
      .replaceAll(/\p{Cs}/gu, '\ufffd')
      // before all that looks at neighbours, which they keep apart
      .replaceAll(/(?!\s)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/gu, '')
      .normalize('NFC')
      .replaceAll(/\s+/gu, ' ')
      .replaceAll(new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu'), '$1')
      .trim()
  );
}

/** Whether there is nothing to see in a text. */
export function isBlank(text: string): boolean {
  return text.replaceAll(/[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\u2800]/gu, '') === '';
}
