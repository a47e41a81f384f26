const PATHS = {
  play: 'M8 5.5v13l11-6.5z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15 8.5a5 5 0 0 1 0 7M17.5 6a8.5 8.5 0 0 1 0 12',
  muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9.5l5 5M20.5 9.5l-5 5',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  small: 'M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5',
  pip: 'M3.5 5h17v14h-17zM12 12h6v4.5h-6z',
  keyboard: 'M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8',
  sliders: 'M4 7h8M18 7h2M12 4.5h3v5h-3zM4 17h2M12 17h8M6.5 14.5h3v5h-3zM9.5 17H12M15 7h3',
  film: 'M4 5h16v14H4zM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  chart: 'M5 19v-6M10 19V5M15 19v-9M20 19v-4',
  camera: 'M3 7h12v10H3zM15 11l6-3.5v9L15 13',
  blind: 'M3 7h12v10H3zM15 11l6-3.5v9L15 13M2 3l20 18',
  flip: 'M4 9a8.5 8.5 0 0 1 15-2.5M20 3v4h-4.5M20 15a8.5 8.5 0 0 1-15 2.5M4 21v-4h4.5',
  cross: 'M6 6l12 12M18 6L6 18',
  screen: 'M3 5h18v11H3zM8.5 20h7M12 16v4',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  silenced: 'M9 6a3 3 0 0 1 6 0v5M9 9.5V11a3 3 0 0 0 4.5 2.6M5.5 11a6.5 6.5 0 0 0 10 5.5M12 17.5V21M4 4l16 16',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.4 1.4M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.4-1.4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5.5',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  key: 'M14 10.5a4 4 0 1 0-2.6 3.7L13 16h2v2h2v2h3v-3.2l-6-6',
  star: 'M12 4l2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  eye: 'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  chat: 'M4 5h16v11H11l-4.5 3.5V16H4z',
  send: 'M4 12l16-7.5L15.5 20l-4-6zM11.5 14L20 4.5',
  smile: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.5 14a4 4 0 0 0 7 0M9 9.5h.01M15 9.5h.01',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  popout: 'M13 4h7v7M20 4l-9 9M17 14v6H4V7h6',
  shield: 'M12 3.5l7.5 2.7v5.3c0 4.4-3 7.6-7.5 9-4.5-1.4-7.5-4.6-7.5-9V6.2z',
  reply: 'M9.5 6L4 11.5 9.5 17M4.5 11.5H14c3.5 0 6 2.5 6 6v1',
  down: 'M12 5v13M6 12.5l6 6 6-6',
  rewind: 'M11 6.5L5 12l6 5.5zM19 6.5L13 12l6 5.5z',
  captions: 'M3 5.5h18v13H3zM10.5 10.3a2.2 2.2 0 1 0 0 3.4M17.5 10.3a2.2 2.2 0 1 0 0 3.4',
  undo: 'M8.5 5L4 9.5 8.5 14M4.5 9.5h9a5.5 5.5 0 0 1 0 11H9',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  image: 'M3.5 5h17v14h-17zM4 16.5l5-5 4 4 2.5-2.5 4.5 4.5M15.5 9.5h.01',
  hidden: 'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM4 20L20 4',
  invite: 'M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 20a6.5 6.5 0 0 1 13 0M19 7v6M16 10h6',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  broadcast:
    'M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM8 16a5.5 5.5 0 0 1 0-8M16 8a5.5 5.5 0 0 1 0 8M5 19a10 10 0 0 1 0-14M19 5a10 10 0 0 1 0 14',
} as const;

/** Name of a drawn sign. */
export type IconName = keyof typeof PATHS;

/** A drawn sign beside or instead of a word; the word itself belongs to the element around it. */
export function Icon({ name }: { name: IconName }) {
  const filled = name === 'play' || name === 'pause';
  return (
    <svg class={filled ? 'icon icon-filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
