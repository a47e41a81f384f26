import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the build puts the pages, next to the server. */
export const webDirectory = fileURLToPath(new URL('../../web', import.meta.url));

const embedPage = 'embed.html';

const ownPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: mediastream:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
];

/** Serves the built pages and their assets; does nothing when they were not built. */
export async function serveWebPages(fastify: FastifyInstance): Promise<void> {
  if (!existsSync(webDirectory)) return;
  await fastify.register(fastifyStatic, {
    root: webDirectory,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => addFileHeaders(reply, path),
  });
}

function addFileHeaders(reply: FastifyReply, path: string): void {
  // The names of assets change with their content.
  const isAsset = path.includes('/assets/') || path.includes('\\assets\\');
  reply.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
  const name = basename(path);
  if (name.endsWith('.html')) reply.headers(pageHeaders(name));
}

/** The headers of a page that keep others out of it; only the embedded player may stand in a frame. */
export function pageHeaders(name: string): Record<string, string> {
  const frames = name === embedPage ? 'frame-ancestors *' : "frame-ancestors 'none'";
  return {
    // A page may come with a cookie.
    'Cache-Control': 'private, no-cache',
    'Content-Security-Policy': [...ownPolicy, frames].join('; '),
    'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self)',
  };
}
