const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The HTML that puts the player of a channel into another page. */
export function embedCode(origin: string, channel: string, title: string): string {
  const source = `${origin}/embed/${encodeURIComponent(channel)}`;
  const name = title.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
  return `<iframe src="${source}" title="${name}" width="640" height="360" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen style="border:0"></iframe>`;
}
