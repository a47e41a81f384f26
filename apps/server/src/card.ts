import { networkInterfaces } from 'node:os';
import type { FfmpegSearch } from '@weir/ffmpeg';

/** What the card tells. */
export interface CardFacts {
  readonly version: string;
  readonly httpPort: number;
  /** Where HTTP listens. */
  readonly httpHost: string;
  readonly rtcPorts: readonly number[];
  /** Set when HTTP is over TLS. */
  readonly tlsCert?: string | undefined;
  readonly dataDir: string;
  /** Set when the data is in PostgreSQL and only recordings are in the directory. */
  readonly databaseUrl?: string | undefined;
  readonly demo: boolean;
  /** Code of the one-time link that makes the first account, while there is none. */
  readonly setupCode: string | undefined;
  readonly ffmpeg: FfmpegSearch;
  /** Addresses of this machine in its networks; default what the system says. */
  readonly addresses?: readonly string[];
}

/** The card that a start prints: where to go and what is missing. */
export function card(facts: CardFacts): string {
  const scheme = facts.tlsCert === undefined ? 'http' : 'https';
  const home = `${scheme}://localhost:${facts.httpPort}`;
  const rows: [string, string][] = [
    ['Open', home],
    ...lanUrls(facts, scheme).map((url): [string, string] => [
      '',
      scheme === 'https' ? url : `${url}  (in your network: watch only, unless over HTTPS)`,
    ]),
    ...(facts.demo ? [['Watch', `${home}/watch/demo`] as [string, string]] : []),
    facts.setupCode === undefined
      ? ['Admin', `${home}/admin`]
      : ['Set up', `${home}/setup#code=${facts.setupCode}  (works once)`],
    ['API', `${home}/api/docs`],
    ['WebRTC', `UDP ${portRange(facts.rtcPorts)}  (open it in your firewall)`],
    ['ffmpeg', ffmpegLine(facts.ffmpeg)],
    ['Data', facts.dataDir],
    ...(facts.databaseUrl === undefined ? [] : [['', databaseLine(facts.databaseUrl)] as [string, string]]),
  ];
  return frame(
    `Weir ${facts.version}`,
    rows.map(([name, value]) => `${name.padEnd(8)}${value}`),
  );
}

function lanUrls(facts: CardFacts, scheme: string): string[] {
  if (facts.httpHost !== '::' && facts.httpHost !== '0.0.0.0') return [];
  const addresses = facts.addresses ?? systemAddresses();
  return addresses.slice(0, 2).map((address) => `${scheme}://${address}:${facts.httpPort}`);
}

function systemAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

function portRange(ports: readonly number[]): string {
  const first = ports[0];
  const last = ports.at(-1);
  return first === last ? String(first) : `${first}-${last}`;
}

/** Without the user and the password. */
function databaseLine(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL ${host}${pathname}`;
}

function ffmpegLine({ found, problems }: FfmpegSearch): string {
  if (found !== undefined) return `${found.version} (${found.source})`;
  const why = problems.length === 0 ? '' : `  [${problems.join('; ')}]`;
  return `not found: "apt-get install ffmpeg", or set FFMPEG_PATH; without it HLS and recordings carry what comes, in one quality${why}`;
}

function frame(title: string, lines: readonly string[]): string {
  const width = Math.max(title.length, ...lines.map((line) => line.length)) + 2;
  const edge = '─'.repeat(width - title.length - 2);
  const body = lines.map((line) => `│ ${line.padEnd(width - 1)}│`);
  return [`┌─ ${title} ${edge.slice(1)}┐`, ...body, `└${'─'.repeat(width)}┘`].join('\n');
}
