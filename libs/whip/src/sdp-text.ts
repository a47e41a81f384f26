/** One `a=` line; the value is empty for a flag. */
export interface SdpAttribute {
  readonly name: string;
  readonly value: string;
}

/** One `m=` line with its attributes. */
export interface SdpSection {
  readonly media: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly attributes: readonly SdpAttribute[];
}

/** A session description or an SDP fragment, read but not judged. */
export interface SdpText {
  readonly attributes: readonly SdpAttribute[];
  readonly sections: readonly SdpSection[];
}

/** The text is not SDP, or larger than any honest client writes. */
export class SdpMalformed extends Error {
  override readonly name = 'SdpMalformed';
}

const MAX_LENGTH = 65_536;
const MAX_LINES = 2_000;
const MAX_LINE_LENGTH = 4_096;
const MAX_SECTIONS = 16;
const MAX_FORMATS = 128;

/** Reads a session description (RFC 8866) with LF, CRLF or mixed line ends; throws only SdpMalformed. */
export function readDescription(text: string): SdpText {
  const lines = splitLines(text);
  if (lines[0] !== 'v=0') throw new SdpMalformed('The first line must be v=0.');
  const sdp = readLines(lines);
  if (sdp.sections.length === 0) throw new SdpMalformed('There is no media section (m= line).');
  return sdp;
}

/** Reads an SDP fragment (RFC 8840 9), which may lack every section; throws only SdpMalformed. */
export function readFragmentText(text: string): SdpText {
  return readLines(splitLines(text));
}

/** The value of the first attribute of that name. */
export function attribute(attributes: readonly SdpAttribute[], name: string): string | undefined {
  return attributes.find((candidate) => candidate.name === name)?.value;
}

/** The values of every attribute of that name, in order. */
export function attributeValues(attributes: readonly SdpAttribute[], name: string): string[] {
  return attributes.filter((candidate) => candidate.name === name).map((candidate) => candidate.value);
}

/** Whether there is an attribute of that name. */
export function hasAttribute(attributes: readonly SdpAttribute[], name: string): boolean {
  return attributes.some((candidate) => candidate.name === name);
}

/** The words of a value, whatever blanks stand between them. */
export function words(value: string): string[] {
  return value.split(/[ \t]+/).filter((word) => word !== '');
}

/** The unsigned decimal number that the text is, at most `maximum`; -1 when it is none. */
export function decimal(text: string | undefined, maximum: number): number {
  if (text === undefined || text.length > 10 || !/^[0-9]+$/.test(text)) return -1;
  const value = Number(text);
  return value <= maximum ? value : -1;
}

function splitLines(text: string): string[] {
  if (text.length > MAX_LENGTH) throw new SdpMalformed(`The description is longer than ${MAX_LENGTH} characters.`);
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = trimEnd(text, start, end);
    start = end + 1;
    if (line === '') continue;
    if (lines.length === MAX_LINES) throw new SdpMalformed(`There are more than ${MAX_LINES} lines.`);
    if (line.length > MAX_LINE_LENGTH) throw new SdpMalformed(`A line is longer than ${MAX_LINE_LENGTH} characters.`);
    if (hasControlCharacter(line)) throw new SdpMalformed(`Line ${lines.length + 1} has a control character.`);
    if (!/^[a-z]=/.test(line)) throw new SdpMalformed(`Line ${lines.length + 1} is not of the form <letter>=<value>.`);
    lines.push(line);
  }
  if (lines.length === 0) throw new SdpMalformed('The body is empty.');
  return lines;
}

function trimEnd(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && (text[last - 1] === '\r' || text[last - 1] === ' ' || text[last - 1] === '\t')) last--;
  return text.slice(start, last);
}

function hasControlCharacter(line: string): boolean {
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}

function readLines(lines: readonly string[]): SdpText {
  const session: SdpAttribute[] = [];
  const sections: SdpSection[] = [];
  let attributes = session;
  for (const line of lines) {
    if (line.startsWith('m=')) {
      if (sections.length === MAX_SECTIONS)
        throw new SdpMalformed(`There are more than ${MAX_SECTIONS} media sections.`);
      attributes = [];
      sections.push(readMediaLine(line, attributes));
    } else if (line.startsWith('a=')) {
      const read = readAttribute(line);
      if (read.name !== '') attributes.push(read);
    }
  }
  return { attributes: session, sections };
}

function readMediaLine(line: string, attributes: readonly SdpAttribute[]): SdpSection {
  const [media, portText, protocol, ...formats] = words(line.slice(2));
  // RFC 8866 5.14: a port may be followed by a number of ports.
  const port = decimal(portText?.split('/', 1)[0], 65_535);
  if (media === undefined || protocol === undefined || formats.length === 0 || port < 0) {
    throw new SdpMalformed(`The line "${line.slice(0, 80)}" is not a media description.`);
  }
  if (formats.length > MAX_FORMATS) throw new SdpMalformed(`A media section has more than ${MAX_FORMATS} formats.`);
  return { media, port, protocol, formats, attributes };
}

function readAttribute(line: string): SdpAttribute {
  const colon = line.indexOf(':', 2);
  if (colon < 0) return { name: line.slice(2).trim(), value: '' };
  return { name: line.slice(2, colon).trim(), value: line.slice(colon + 1).trim() };
}
