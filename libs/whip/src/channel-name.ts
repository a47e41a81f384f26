/** Whether the text names a channel: 1 to 64 letters, digits, underscores and hyphens. */
export function isChannelName(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
