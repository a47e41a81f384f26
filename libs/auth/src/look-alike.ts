const letters: readonly (readonly [latin: string, others: string])[] = [
  ['a', 'аαɑ'],
  ['b', 'ьβвʙ'],
  ['c', 'сϲᴄ'],
  ['d', 'ԁɗ'],
  ['e', 'еєεəɛ'],
  ['f', 'ƒϝ'],
  ['g', 'ɡԍց'],
  ['h', 'һнʜ'],
  ['i', 'іιıɩӏlｌǀ'],
  ['j', 'јϳ'],
  ['k', 'кκᴋ'],
  ['m', 'мʍᴍ'],
  ['n', 'пηռɴ'],
  ['o', 'оοσօᴏø'],
  ['p', 'рρ'],
  ['q', 'ԛզ'],
  ['r', 'гʀᴦ'],
  ['s', 'ѕꜱʂ'],
  ['t', 'тτᴛŧ'],
  ['u', 'υսᴜʋ'],
  ['v', 'ѵνᴠ'],
  ['w', 'ѡωшᴡ'],
  ['x', 'хχ'],
  ['y', 'уγүʏ'],
  ['z', 'ᴢʐ'],
  ['ae', 'æ'],
  ['oe', 'œ'],
];

const digits: readonly (readonly [latin: string, others: string])[] = [
  ['o', '0'],
  ['i', '1!|¡'],
  ['e', '3€'],
  ['a', '4@'],
  ['s', '5$'],
  ['t', '7+'],
  ['b', '8'],
];

const letterOf = table(letters);
const letterOfDigit = table(digits);

const reserved = new Set(
  [
    'admin',
    'administrator',
    'moderator',
    'mod',
    'operator',
    'owner',
    'staff',
    'support',
    'official',
    'system',
    'server',
    'host',
    'root',
    'bot',
    'broadcaster',
    'streamer',
    'weir',
    '관리자',
    '운영자',
    '방송인',
    '매니저',
  ].map(nameForm),
);

/**
 * The text as somebody reads it at a glance: without case, accents, what has no width and compatibility forms (UAX 15), and with
 * letters of other scripts that look Latin as Latin ones; `l` and `I` are `i`.
 */
export function plainForm(text: string): string {
  const visible = text
    .normalize('NFKD')
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\u0300-\u036f]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('ς', 'σ');
  return replaced(visible, letterOf).normalize('NFC');
}

/** The plain form with digits and signs as the letters that they stand for, as in `4dm1n`. */
export function leetForm(text: string): string {
  return replaced(plainForm(text), letterOfDigit);
}

/** A name as names are compared: its letters and digits in plain form; empty when it has none. */
export function nameForm(name: string): string {
  return leetForm(name).replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');
}

/** Whether a name claims to be of those who run things, such as `Admin`, `M0derator` or `the_admin`. */
export function isReservedName(name: string): boolean {
  const whole = nameForm(name);
  if (whole === '' || reserved.has(whole)) return true;
  const words = name.split(/[^\p{L}\p{N}\p{M}@$|!]+/u).map((word) => nameForm(word.replace(/\d+$/, '')));
  return words.some((word) => word.length > 3 && reserved.has(word));
}

function table(rows: readonly (readonly [latin: string, others: string])[]): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)));
}

function replaced(text: string, by: ReadonlyMap<string, string>): string {
  let result = '';
  for (const character of text) result += by.get(character) ?? character;
  return result;
}
