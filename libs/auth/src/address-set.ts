import { BlockList, isIP } from 'node:net';

/** Thrown for a text that is neither an address nor a network. */
export class AddressSetInvalid extends Error {
  constructor(text: string) {
    super(`"${text}" is no IP address or network such as 192.0.2.1 or 10.0.0.0/8`);
    this.name = 'AddressSetInvalid';
  }
}

/** A set of IP addresses and networks. */
export class AddressSet {
  readonly #list = new BlockList();

  /** Each entry is an address or a network in CIDR notation; throws AddressSetInvalid. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  /** Whether the address is in the set; an IPv4-mapped IPv6 address counts as IPv4. */
  has(address: string): boolean {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && this.#list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (family === 0 || rest.length > 0 || length < 0 || length > most) throw new AddressSetInvalid(entry);
    this.#list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  }
}

/** The address without zone and IPv4 mapping, so that equal hosts compare equal. */
export function plainAddress(address: string): string {
  const unzoned = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(unzoned)?.[1];
  return mapped ?? unzoned;
}

/** Loopback, private and link-local networks (RFC 1918, RFC 3927, RFC 4193, RFC 4291). */
export const privateNetworks = new AddressSet([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
]);
