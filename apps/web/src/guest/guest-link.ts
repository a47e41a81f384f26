/** What the address of the page leads to: a stage by an invitation, or one of a channel that one is a member of. */
export type GuestLink =
  { readonly kind: 'invitation'; readonly code: string } | { readonly kind: 'member'; readonly channel: string };

const MEMORY = 'weir.guest-link';

/** Reads the fragment of an address, as `#code=…` or `#channel=demo`; undefined when it leads nowhere. */
export function guestLinkOf(fragment: string): GuestLink | undefined {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const [code, channel] = [fields.get('code') ?? '', fields.get('channel') ?? ''];
  if (code !== '') return { kind: 'invitation', code };
  return channel === '' ? undefined : { kind: 'member', channel };
}

/** The channel that this tab came to by a link before: an invitation may be used up by then; undefined when it did not. */
export function recallLink(link: GuestLink): string | undefined {
  if (link.kind === 'member') return link.channel;
  try {
    const told: unknown = JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null');
    if (!Array.isArray(told) || told[0] !== link.code || typeof told[1] !== 'string') return undefined;
    return told[1];
  } catch {
    return undefined;
  }
}

/** Keeps where a link led, until this tab is closed. */
export function rememberLink(link: GuestLink, channel: string): void {
  if (link.kind === 'invitation') sessionStorage.setItem(MEMORY, JSON.stringify([link.code, channel]));
}
