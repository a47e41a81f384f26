import 'reflect-metadata';
import { globSync } from 'node:fs';
import { RequestMethod } from '@nestjs/common';

/** A route of the server, as OpenAPI writes it: `GET /api/channels/{name}`. */
export interface ServerRoute {
  readonly method: string;
  readonly path: string;
}

/** The document at `/api/openapi.json`, as far as routes go. */
export interface RouteDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RouteOperation>>>>;
}

/** One operation of it. */
export interface RouteOperation {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

const root = new URL('../..', import.meta.url).pathname;

/** Every route: what the running server documents, and what is written in the source but left out of the document, such as pages. */
export async function serverRoutes(document: RouteDocument): Promise<ServerRoute[]> {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path })),
  );
  const known = new Map([...documented, ...(await writtenRoutes())].map((route) => [nameOf(route), route]));
  return [...known.values()];
}

/** The parameters in a route's path. */
export function parametersOf({ path }: ServerRoute): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** A route in one word. */
export function nameOf({ method, path }: ServerRoute): string {
  return `${method} ${path}`;
}

async function writtenRoutes(): Promise<ServerRoute[]> {
  const files = globSync(['apps/server/src/*.controller.ts', 'libs/*/src/*.controller.ts'], { cwd: root });
  const modules = await Promise.all(files.map((file) => import(root + file) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.values(module).flatMap(routesOf));
}

function routesOf(exported: unknown): ServerRoute[] {
  if (typeof exported !== 'function' || !Reflect.hasMetadata('path', exported)) return [];
  const bases = [Reflect.getMetadata('path', exported) as string | string[]].flat();
  const prototype = exported.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = name === 'constructor' ? undefined : prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata('path', handler)) return [];
    const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
    const paths = [Reflect.getMetadata('path', handler) as string | string[]].flat();
    return bases.flatMap((base) => paths.map((path) => ({ method, path: joined(base, path) })));
  });
}

function joined(base: string, path: string): string {
  const parts = [base, path].join('/').split('/').filter(Boolean);
  return `/${parts.map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;
}
