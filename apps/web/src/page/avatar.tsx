import { hueOf } from './hue.js';

/** The picture of a channel or an account; without one, the first letter of its name. */
export function Avatar({ name, url, large }: { name: string; url?: string | null | undefined; large?: boolean }) {
  const kind = large ? 'avatar avatar-large' : 'avatar';
  if (url) return <img class={kind} src={url} alt="" />;
  const [first = ''] = name;
  return (
    <span class={kind} aria-hidden="true" style={{ '--hue': String(hueOf(name)) }}>
      {first.toUpperCase()}
    </span>
  );
}
