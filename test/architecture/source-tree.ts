import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One TypeScript file of the project. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** `libs/rtp`, `apps/server`, `test/harness`. */
  readonly unit: string;
  readonly isSpec: boolean;
}

/** All TypeScript files under apps, libs and test. */
export function sourceFiles(): SourceFile[] {
  return globSync('{apps,libs,test}/**/*.{ts,tsx}', { cwd: ROOT, exclude: ['**/node_modules/**', '**/dist/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({
      path,
      text: readFileSync(ROOT + path, 'utf8'),
      unit: path.split('/').slice(0, 2).join('/'),
      isSpec: /\.spec\.tsx?$/.test(basename(path)),
    }));
}

/** What a file imports or re-exports, as written. */
export function importsOf(file: SourceFile): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map((imported) => imported.fileName);
}

/** The file's text with comments and the contents of strings blanked, lines kept. */
export function codeOf(file: SourceFile): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, file.text);
  let code = '';
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const blank = token <= ts.SyntaxKind.LastTriviaToken || token === ts.SyntaxKind.StringLiteral;
    code += blank ? scanner.getTokenText().replaceAll(/[^\n]/g, ' ') : scanner.getTokenText();
  }
  return code;
}

/** Text of a file at the project's root, empty when it is not there. */
export function rootFile(path: string): string {
  return globSync(path, { cwd: ROOT }).length > 0 ? readFileSync(ROOT + path, 'utf8') : '';
}
