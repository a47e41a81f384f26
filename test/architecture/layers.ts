/** The layers, lowest first. */
export type Layer = 'contract' | 'pure' | 'engine' | 'hub' | 'feature' | 'server' | 'web';

/** The layer of every library and application; a new one must be entered here. */
export const LAYER_OF: Readonly<Record<string, Layer>> = {
  'libs/contract': 'contract',
  'libs/rtp': 'pure',
  'libs/ice': 'pure',
  'libs/forwarding': 'pure',
  'libs/whip': 'pure',
  'libs/cmaf': 'pure',
  'libs/hls': 'pure',
  'libs/stage': 'pure',
  'libs/srtp': 'engine',
  'libs/dtls': 'engine',
  'libs/native': 'engine',
  'libs/sfu': 'engine',
  'libs/peer': 'engine',
  'libs/ffmpeg': 'engine',
  'libs/program': 'engine',
  'libs/store': 'engine',
  'libs/channels': 'hub',
  'libs/auth': 'hub',
  'libs/telemetry': 'hub',
  'libs/signalling': 'hub',
  'libs/programs': 'hub',
  'libs/sockets': 'hub',
  'libs/ingest': 'feature',
  'libs/playback': 'feature',
  'libs/origin': 'feature',
  'libs/recording': 'feature',
  'libs/chat': 'feature',
  'libs/stage-control': 'feature',
  'libs/demo': 'feature',
  'apps/server': 'server',
  'apps/web': 'web',
};

/** Layers that a layer's files may import, always through an index. */
export const MAY_IMPORT: Readonly<Record<Layer, readonly Layer[]>> = {
  contract: [],
  pure: ['pure'],
  engine: ['pure', 'engine'],
  hub: ['contract', 'pure', 'engine', 'hub'],
  feature: ['contract', 'pure', 'engine', 'hub'],
  server: ['contract', 'engine', 'hub', 'feature'],
  web: ['contract', 'pure'],
};

/** Whether a layer may use Node's own modules. */
export const MAY_USE_NODE: readonly Layer[] = ['engine', 'hub', 'feature', 'server'];

/** Whether a layer may use Nest. */
export const MAY_USE_NEST: readonly Layer[] = ['hub', 'feature', 'server'];

/** Other npm packages by library or application: each stands behind one wall. */
export const PACKAGES_OF: Readonly<Record<string, readonly string[]>> = {
  'libs/auth': ['rate-limiter-flexible'],
  'libs/chat': ['@nestjs/websockets', 'socket.io'],
  'libs/contract': ['zod'],
  'libs/dtls': ['werift'],
  'libs/ffmpeg': ['ffmpeg-static'],
  'libs/native': ['koffi'],
  'libs/program': ['@fontsource/pretendard', '@napi-rs/canvas'],
  'libs/sockets': ['@nestjs/platform-socket.io', 'socket.io'],
  'libs/stage-control': ['@nestjs/websockets', 'socket.io'],
  'libs/store': ['aws4fetch', 'kysely', 'pg'],
  'libs/telemetry': ['pino'],
  'apps/server': ['@fastify/static', 'fastify', 'reflect-metadata', 'yaml', 'zod'],
  'apps/web': [
    '@fontsource/pretendard',
    'preact',
    '@preact/signals',
    '@preact/preset-vite',
    'hls.js',
    'socket.io-client',
    'vite',
  ],
};

/** What comes with Nest: it may be used where Nest may. */
export const NEST_PACKAGES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  'fastify',
  'rxjs',
];
