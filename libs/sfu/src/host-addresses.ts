import { networkInterfaces } from 'node:os';
import type { HostCandidate } from './session.js';

/** Addresses to announce: the public ones, then (unless they replace them) this machine's; IPv4 first, loopback last. */
export function hostCandidates(
  port: number,
  publicAddresses: readonly string[],
  families: readonly (4 | 6)[],
): HostCandidate[] {
  const beside = publicAddresses[0] === '+';
  const announced = publicAddresses.filter((address) => address !== '+');
  const local = announced.length > 0 && !beside ? [] : localAddresses();
  const addresses = [...new Set([...announced, ...local])];
  return addresses
    .map((address): HostCandidate => ({ address, port, family: address.includes(':') ? 6 : 4 }))
    .filter(({ family }) => families.includes(family))
    .sort((a, b) => rank(a.address) - rank(b.address));
}

function localAddresses(): string[] {
  const found: string[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, scopeid } of addresses ?? []) {
      const linkLocal = (scopeid ?? 0) !== 0 || address.startsWith('169.254.');
      if (!linkLocal) found.push(address);
    }
  }
  return found;
}

function rank(address: string): number {
  if (address === '::1') return 3;
  if (address.startsWith('127.')) return 2;
  return address.includes(':') ? 1 : 0;
}
