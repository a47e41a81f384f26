import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, rootFile, sourceFiles, type SourceFile } from './source-tree.js';

const MAX_LINES = 400;
const MAX_MEDIAN_LINES = 120;

const files = sourceFiles();
const product = files.filter((file) => !file.isSpec && !file.path.startsWith('test/'));
const paths = (wrong: readonly SourceFile[]) => wrong.map((file) => file.path);
const lineCount = (file: SourceFile) => file.text.trimEnd().split('\n').length;

describe('house style', () => {
  it('keeps files short: none over 400 lines, the median at most 120', () => {
    expect(paths(files.filter((file) => lineCount(file) > MAX_LINES))).toEqual([]);
    const sizes = product.map(lineCount).toSorted((one, other) => one - other);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MAX_MEDIAN_LINES);
  });

  it('names files in kebab case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.tsx?$/;
    expect(paths(files.filter((file) => !kebab.test(basename(file.path))))).toEqual([]);
  });

  it('has no folder for odds and ends', () => {
    const vague = /(^|\/)(utils?|common|shared|misc|helpers?)(\/|$)/;
    expect(paths(files.filter((file) => vague.test(dirname(file.path))))).toEqual([]);
  });

  it('has no class or file that is called after what it is not', () => {
    const vagueType = /\b(class|interface|type)\s+(I[A-Z]\w*[a-z]\w*Interface|\w*(Manager|Helper|Utils?|Impl))\b/;
    const vagueFile = /(manager|helper|utils?|impl)\.tsx?$/;
    expect(paths(files.filter((file) => vagueFile.test(file.path) || vagueType.test(codeOf(file))))).toEqual([]);
  });

  it('exports by name only', () => {
    const wrong = product.filter((file) => /^export (default|\*)/m.test(codeOf(file)));
    expect(paths(wrong.filter((file) => !file.path.endsWith('.config.ts')))).toEqual([]);
  });

  it('says in one sentence what each export of a library is', () => {
    const bare = product.filter((file) => file.path.startsWith('libs/')).flatMap(undocumentedExports);
    expect(bare).toEqual([]);
  });

  it('leaves nothing for later and switches no check off', () => {
    const later = new RegExp(
      ['TO', 'DO|FIX', 'ME|@ts-', 'ignore|@ts-', 'nocheck|oxlint-', 'disable|eslint-', 'disable'].join(''),
    );
    const skipped = /\b(describe|it|test)\.(skip|only|todo|fails)\b/;
    expect(paths(files.filter((file) => later.test(file.text) || skipped.test(codeOf(file))))).toEqual([]);
  });

  it('documents every configuration key in the README', () => {
    const config = product.filter((file) => file.path.startsWith('apps/server/src/config'));
    const keys = new Set(config.flatMap((file) => file.text.match(/\bWEIR_[A-Z_]*[A-Z]\b/g) ?? []));
    const readme = rootFile('README.md');
    expect([...keys].filter((key) => !readme.includes(key))).toEqual([]);
  });
});

function undocumentedExports(file: SourceFile): string[] {
  const lines = file.text.split('\n');
  return lines.flatMap((line, index) => {
    const named = /^export (?:declare |abstract |async )*(?:class|function\*?|const|interface|type|enum) (\w+)/.exec(
      line,
    );
    if (!named || isTypeOfSchema(line, file)) return [];
    let above = index - 1;
    while (/^(@|\}\)|  )/.test(lines[above] ?? '')) above -= 1;
    return (lines[above] ?? '').trimEnd().endsWith('*/') ? [] : [`${file.path}: ${named[1]}`];
  });
}

/** `export type X = z.infer<typeof X>` repeats a documented schema. */
function isTypeOfSchema(line: string, file: SourceFile): boolean {
  const [, name] = /^export type (\w+) =/.exec(line) ?? [];
  return name !== undefined && file.text.includes(`export const ${name} =`);
}
