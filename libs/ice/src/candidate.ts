/** How a candidate was found (RFC 8839 5.1). */
export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** One ICE candidate (RFC 8839 5.1). */
export interface IceCandidate {
  readonly foundation: string;
  /** 1 for RTP, and for everything when RTCP is multiplexed. */
  readonly component: number;
  readonly transport: 'udp' | 'tcp';
  readonly priority: number;
  /** IP address or a name such as `….local`. */
  readonly address: string;
  readonly port: number;
  readonly type: CandidateType;
}

const TYPES: readonly string[] = ['host', 'srflx', 'prflx', 'relay'] satisfies CandidateType[];
const MAX_LINE_CHARACTERS = 512;
const TYPE_PREFERENCE_HOST = 126;

/** Reads a candidate line with or without `a=`; undefined when it is none. Extensions are ignored. */
export function parseCandidate(line: string): IceCandidate | undefined {
  if (line.length > MAX_LINE_CHARACTERS) return undefined;
  const start = line.startsWith('a=') ? 2 : 0;
  if (!line.startsWith('candidate:', start)) return undefined;
  const [foundation = '', component, transport, priority, address = '', port, typ, type = ''] = line
    .slice(start + 'candidate:'.length)
    .trim()
    .split(/ +/);
  const protocol = transport?.toLowerCase();
  if (foundation === '' || address === '' || typ !== 'typ' || !isCandidateType(type)) return undefined;
  if (protocol !== 'udp' && protocol !== 'tcp') return undefined;
  const numbers = [unsigned(component, 256), unsigned(priority, 0xffffffff), unsigned(port, 0xffff)];
  if (numbers.includes(-1)) return undefined;
  const [componentId = 0, priorityValue = 0, portNumber = 0] = numbers;
  return {
    foundation,
    component: componentId,
    transport: protocol,
    priority: priorityValue,
    address,
    port: portNumber,
    type,
  };
}

/** Writes the value of the attribute, `candidate:…`, without `a=`. */
export function formatCandidate(candidate: IceCandidate): string {
  const { foundation, component, transport, priority, address, port, type } = candidate;
  return `candidate:${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}`;
}

/** Priority of a host candidate of component 1 (RFC 8445 5.1.2.1); `localPreference` is 0 to 65535, greater is better. */
export function hostCandidatePriority(localPreference: number): number {
  return TYPE_PREFERENCE_HOST * 2 ** 24 + localPreference * 2 ** 8 + 255;
}

function isCandidateType(text: string): text is CandidateType {
  return TYPES.includes(text);
}

function unsigned(text: string | undefined, max: number): number {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return -1;
  const value = Number(text);
  return value <= max ? value : -1;
}
