import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';

/** One part of a page, at `#name` of its address. */
export interface Tab {
  readonly name: string;
  readonly label: string;
  readonly show: () => VNode;
}

/** Parts of a page, one shown at a time: links, so that each has an address and the way back works. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const [name, setName] = useState(location.hash.slice(1));
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = tabs.find((tab) => tab.name === name) ?? tabs[0];
  // Before the next paint: a link that is pressed at once must be followed.
  useLayoutEffect(() => {
    const follow = () => {
      setName(location.hash.slice(1));
      heading.current?.focus({ preventScroll: true });
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - list.current.clientWidth / 3;
  }, [shown?.name]);
  if (shown === undefined) return null;
  return (
    <div class="tabbed">
      <nav class="tabs" aria-label={label}>
        <ul ref={list}>
          {tabs.map((tab) => (
            <li key={tab.name}>
              <a
                href={`#${tab.name}`}
                aria-current={tab === shown ? 'page' : undefined}
                data-testid={`tab-${tab.name}`}
              >
                {tab.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <section class="tab" key={shown.name} aria-labelledby="tab-title">
        <h2 id="tab-title" ref={heading} tabIndex={-1}>
          {shown.label}
        </h2>
        {shown.show()}
      </section>
    </div>
  );
}
