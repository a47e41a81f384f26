import { Transform, type TransformCallback } from 'node:stream';

const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

/** Turns pino's JSON lines into lines for a person at a terminal: time, level, message, `name=value`. */
export class TextLines extends Transform {
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const lines = chunk.toString('utf8').split('\n').filter(Boolean);
    done(null, lines.map((line) => `${textLine(line)}\n`).join(''));
  }
}

/** One JSON log line as text. */
export function textLine(json: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const parts = [
    new Date(Number(time)).toISOString().slice(11, 23),
    (levels[Number(level)] ?? '').padEnd(5),
    String(msg),
  ];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  const stack = (err as { stack?: string } | undefined)?.stack;
  return stack === undefined ? parts.join(' ') : `${parts.join(' ')}\n${stack}`;
}
