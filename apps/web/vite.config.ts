import { readdirSync } from 'node:fs';
import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** What the watch page loads at first lies in few files, which compress better than many; test/integration/page-budget.spec.ts weighs them. */
const groups = [
  {
    name: 'frame',
    priority: 3,
    test: /node_modules.@?preact|preload-helper|src.(page.(icon|memory|page|menu|avatar|hue|appearance|live-badge|clock)|language.(language|page|format)|api.(ask|session|channels|account)|media.(request-refused|reconnect-delay))\./,
  },
  {
    name: 'player',
    priority: 2,
    test: /src.(player.(player-view|player-overlay|player-controls|playback|options-menu|menu-keys|shortcut|shortcut-memory|control|full-screen|sound-memory|picture-in-picture|figures|time-window|transport)|language.player|chat.use-loaded|watch.(visit|switching-player|transport-switch|switch-rules|real-time-player|reception|reception-watch|channel-facts|watch-access|stats|network-memory)|media.(whep-client|connection|media-figures|session|lifeline|sdp|link-header))\./,
  },
  { name: 'socket', priority: 1, test: /src.socket.(plain-socket|reaching-socket)\./ },
  {
    name: 'chat',
    priority: 1,
    test: /src.(language.chat(-writing)?|chat.(with-chat|chat-panel|chat-head|chat-desk|open-chat|chat-room|chat-socket|chat-memory|chat-time|picture-step|standing|client-id|transcript|message-list|message-row|message-body|follow|rich-text|reactions-bar|reactions-overlay|reaction|announcer|announcements|moderation|use-dismiss|name-hue|name-form|keyboard-room|composer|trouble-text))\./,
  },
];

/** Builds the pages into dist/apps/web; nothing is inlined, so that `script-src 'self'; style-src 'self'` holds. */
export default defineConfig({
  root,
  resolve: { tsconfigPaths: true },
  plugins: [
    preact(),
    { name: 'appearance', transformIndexHtml: () => [{ tag: 'script', attrs: { src: '/appearance.js' } }] },
  ],
  build: {
    outDir: `${root}/../../dist/apps/web`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // hls.js, which is loaded only by who needs it.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: readdirSync(root)
        .filter((file) => file.endsWith('.html'))
        .map((page) => `${root}/${page}`),
      output: { codeSplitting: { groups } },
    },
  },
});
