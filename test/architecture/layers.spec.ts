import { describe, expect, it } from 'vitest';
import { LAYER_OF, MAY_IMPORT, MAY_USE_NEST, MAY_USE_NODE, NEST_PACKAGES, PACKAGES_OF, type Layer } from './layers.js';
import { codeOf, importsOf, sourceFiles, type SourceFile } from './source-tree.js';

const files = sourceFiles().filter((file) => !file.path.startsWith('test/'));
const product = files.filter((file) => !file.isSpec);
const layerOf = (file: SourceFile): Layer => LAYER_OF[file.unit] ?? 'contract';

const imports = product.flatMap((file) => importsOf(file).map((name) => ({ file, name })));
const aliases = imports.filter(({ name }) => name.startsWith('@weir/'));
const packages = imports.filter(
  ({ name }) => !name.startsWith('@weir/') && !name.startsWith('.') && !name.startsWith('node:'),
);

const told = (wrong: readonly { file: SourceFile; name: string }[]) =>
  wrong.map(({ file, name }) => `${file.path}: ${name}`);
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

describe('layers', () => {
  it('knows every library and application', () => {
    const unknown = new Set(files.map((file) => file.unit).filter((unit) => !(unit in LAYER_OF)));
    expect([...unknown]).toEqual([]);
  });

  it('lets a library be imported by its index only', () => {
    const deep = aliases.filter(({ name }) => name.split('/').length !== 2);
    const across = imports.filter(({ file, name }) => name.startsWith('.') && leavesItsUnit(file, name));
    expect(told([...deep, ...across])).toEqual([]);
  });

  it('lets no file import the index of its own library', () => {
    const own = aliases.filter(({ file, name }) => name.replace('@weir/', 'libs/') === file.unit);
    const index = imports.filter(({ name }) => /^\.\.?(\/\.\.)*\/index\.js$/.test(name));
    expect(told([...own, ...index])).toEqual([]);
  });

  it('lets each layer import the layers below it only', () => {
    const wrong = aliases.filter(({ file, name }) => {
      const imported = LAYER_OF[name.replace('@weir/', 'libs/')];
      return imported === undefined || !MAY_IMPORT[layerOf(file)].includes(imported);
    });
    expect(told(wrong)).toEqual([]);
  });

  it('has no cycle between libraries', () => {
    expect(cycles()).toEqual([]);
  });

  it('keeps Node out of the pure libraries, the contract and the pages', () => {
    const wrong = imports.filter(({ file, name }) => name.startsWith('node:') && !MAY_USE_NODE.includes(layerOf(file)));
    expect(told(wrong.filter(({ file }) => file.path !== 'apps/web/vite.config.ts'))).toEqual([]);
  });

  it('keeps each npm package behind its wall', () => {
    const wrong = packages.filter(({ file, name }) => {
      const nest = NEST_PACKAGES.includes(packageOf(name)) && MAY_USE_NEST.includes(layerOf(file));
      return !nest && !PACKAGES_OF[file.unit]?.includes(packageOf(name));
    });
    expect(told(wrong)).toEqual([]);
  });

  it('gives the pure libraries no clock, no chance and no timers', () => {
    const ambient =
      /\b(Date\.now|new Date|Math\.random|performance\.now|setTimeout|setInterval|setImmediate|queueMicrotask|Buffer|process\.)/;
    const wrong = product.filter((file) => layerOf(file) === 'pure' && ambient.test(codeOf(file)));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('uses no forwardRef', () => {
    expect(product.filter((file) => codeOf(file).includes('forwardRef')).map((file) => file.path)).toEqual([]);
  });
});

function leavesItsUnit(file: SourceFile, name: string): boolean {
  const target = new URL(name, `file:///${file.path}`).pathname.slice(1);
  return target.split('/').slice(0, 2).join('/') !== file.unit;
}

function cycles(): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { file, name } of aliases) {
    edges.set(file.unit, (edges.get(file.unit) ?? new Set()).add(name.replace('@weir/', 'libs/')));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (unit: string, path: readonly string[]): void => {
    if (path.includes(unit)) {
      found.push([...path.slice(path.indexOf(unit)), unit].join(' > '));
      return;
    }
    if (done.has(unit)) return;
    for (const next of edges.get(unit) ?? []) walk(next, [...path, unit]);
    done.add(unit);
  };
  for (const unit of edges.keys()) walk(unit, []);
  return found;
}
