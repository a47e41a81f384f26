import { describe, expect, it } from 'vitest';
import { Passwords, PasswordsExhausted } from './passwords.js';

describe('Passwords', () => {
  it('know a password again and no other, and salt each', async () => {
    const passwords = new Passwords();
    const [one, other] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify('correct horse', one)).toBe(true);
    expect(await passwords.verify('correct horse ', one)).toBe(false);
  });

  it('take what is written in two ways of Unicode for the same', async () => {
    const passwords = new Passwords();
    expect(await passwords.verify('pa\u0308ssword', await passwords.hash('p\u00e4ssword'))).toBe(true);
  });

  it('check nobody as they check somebody, and never find it right', async () => {
    const passwords = new Passwords();
    expect(await passwords.verify('', undefined)).toBe(false);
    expect(await passwords.verify('x', 'no hash at all')).toBe(false);
  });

  it('verify what was made at another cost', async () => {
    const hash = 'scrypt$10$8$1$c2FsdHNhbHRzYWx0c2FsdA$ZA4bhBrLjJoDX5NfJNxsG099RqSdiV8d-fTs8H_oXek';
    const passwords = new Passwords();
    expect(await passwords.verify('other', hash)).toBe(false);
    expect(await passwords.verify('early password', hash)).toBe(true);
  });

  it('refuse more than they can take on, and go on with the others', async () => {
    const cheap = 'scrypt$4$8$1$c2FsdHNhbHRzYWx0c2FsdA$H6VYkiXAIX4hPbOwvBXMbfRCa3jJZgDpAfi1tOUqXCk';
    const passwords = new Passwords();
    const asked = Array.from({ length: 70 }, () => passwords.verify('x', cheap));
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({ reason: expect.any(PasswordsExhausted) });
    expect(await passwords.verify('x', cheap)).toBe(false);
  });
});
