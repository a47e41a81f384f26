/** What an entry of the log says in particular, for people: the names and values of a JSON object, or the text as it is. */
export function detailText(detail: string): string {
  if (!detail.startsWith('{')) return detail;
  try {
    const told: unknown = JSON.parse(detail);
    if (typeof told !== 'object' || told === null) return detail;
    return Object.entries(told)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', ');
  } catch {
    return detail;
  }
}
