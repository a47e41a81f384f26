import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Thrown when more passwords wait to be checked than the server takes on. */
export class PasswordsExhausted extends Error {
  constructor() {
    super('Too many people sign in at this moment: try again in a few seconds.');
    this.name = 'PasswordsExhausted';
  }
}

interface Cost {
  /** Logarithm of N. */
  readonly log2: number;
  readonly blockSize: number;
  readonly parallel: number;
}

const current: Cost = { log2: 17, blockSize: 8, parallel: 1 };
const keyBytes = 32;
const mostAtOnce = 2;
const mostWaiting = 64;

/** Turns passwords into what proves them, by scrypt (RFC 7914), 128 MiB each and two at once. */
@Injectable()
export class Passwords {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** What proves a password: scheme, cost, salt and key; rejects with PasswordsExhausted. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#derive(password, salt, current);
    const { log2, blockSize, parallel } = current;
    return ['scrypt', log2, blockSize, parallel, salt.toString('base64url'), key.toString('base64url')].join('$');
  }

  /** Whether it is that password; undefined costs the same and is never it. Rejects with PasswordsExhausted. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const [scheme, log2, blockSize, parallel, salt = '', key = ''] = hash?.split('$') ?? [];
    const expected = Buffer.from(key, 'base64url');
    const isKnown = scheme === 'scrypt' && expected.length === keyBytes;
    const cost = isKnown ? { log2: Number(log2), blockSize: Number(blockSize), parallel: Number(parallel) } : current;
    const found = await this.#derive(password, isKnown ? Buffer.from(salt, 'base64url') : randomBytes(16), cost);
    return isKnown && timingSafeEqual(found, expected);
  }

  async #derive(password: string, salt: Buffer, { log2, blockSize, parallel }: Cost): Promise<Buffer> {
    await this.#turn();
    try {
      return await new Promise((resolve, reject) => {
        // the same password typed on another keyboard
        const text = password.normalize('NFKC');
        const N = 2 ** log2;
        const cost = { N, r: blockSize, p: parallel, maxmem: 128 * blockSize * (N + parallel + 2) };
        scrypt(text, salt, keyBytes, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
      });
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= mostAtOnce) {
      if (this.#waiting.length >= mostWaiting) throw new PasswordsExhausted();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}
