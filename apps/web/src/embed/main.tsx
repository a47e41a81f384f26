import { effect } from '@preact/signals';
import { render } from 'preact';
import { Visit } from '../watch/visit.js';
import { embedOptionsOf } from './embed-options.js';
import { EmbedPage } from './embed-page.js';
import { EmbedPort } from './embed-port.js';
import type { EmbedRequest, EmbedState } from './embed-port.js';

const channel = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const options = embedOptionsOf(location.search);
const visit = new Visit({ channel, muted: options.muted });
const { player } = visit;
const { playback } = player;
let started = false;

function start(): void {
  if (started) return;
  started = true;
  void visit.start();
}

function act(request: EmbedRequest): void {
  if (request === 'play') {
    if (!started) show({ ...options, autoplay: true });
    else if (playback.video.paused) void playback.play();
  } else if (request === 'pause') playback.video.pause();
  else if (request !== 'state' && playback.muted.value !== (request === 'mute')) playback.toggleMute();
}

function read(): EmbedState {
  return {
    channel,
    state: player.state.value,
    paused: playback.paused.value || !started,
    muted: playback.muted.value,
    volume: playback.volume.value,
    via: player.showing.value,
    delayMs: player.delay.value?.milliseconds ?? null,
  };
}

function show(shown: typeof options): void {
  const place = document.getElementById('page');
  if (place === null) return;
  render(<EmbedPage key={String(shown.autoplay)} visit={visit} options={shown} onStart={start} />, place);
}

if (window.parent !== window) {
  const port = new EmbedPort(window.parent, act, read);
  window.addEventListener('message', (event) => port.receive(event));
  effect(() => {
    read();
    port.tell();
  });
}
show(options);
