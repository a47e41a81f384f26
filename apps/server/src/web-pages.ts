import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the build puts the pages, next to the server. */
export const webDirectory = fileURLToPath(new URL('../../web', import.meta.url));

const pagePolicy = [
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
  "frame-ancestors 'none'",
].join('; ');

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
  if (!basename(path).endsWith('.html')) return;
  reply.header('Content-Security-Policy', pagePolicy);
  reply.header('Permissions-Policy', 'camera=(self), microphone=(self), display-capture=(self)');
}
