import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdminCodeRejected, AdminToken, AdminTokenRejected } from './admin-token.js';

const options = { allowInsecureKeys: false, trustedProxies: [] };
let database: Database;

beforeEach(() => {
  database = new Database(':memory:');
});

afterEach(() => {
  database.close();
});

describe('AdminToken', () => {
  it('takes the configured token and offers no link then', () => {
    const token = new AdminToken(database, { ...options, adminToken: 'configured' });
    expect(() => token.verify('configured')).not.toThrow();
    expect(() => token.verify('Configured')).toThrow(AdminTokenRejected);
    expect(token.offerCode()).toBeUndefined();
  });

  it('hands out a token for the code of the link, once', () => {
    const admin = new AdminToken(database, options);
    const code = admin.offerCode() ?? '';
    const token = admin.redeem(code);
    expect(() => admin.verify(token)).not.toThrow();
    expect(() => admin.redeem(code)).toThrow(AdminCodeRejected);
    expect(admin.offerCode()).toBeUndefined();
  });

  it('ends the code of an earlier start that nobody used', () => {
    const earlier = new AdminToken(database, options).offerCode() ?? '';
    const admin = new AdminToken(database, options);
    const code = admin.offerCode() ?? '';
    expect(() => admin.redeem(earlier)).toThrow(AdminCodeRejected);
    expect(admin.redeem(code)).toBeTypeOf('string');
  });

  it('takes neither the code nor nothing for the token', () => {
    const admin = new AdminToken(database, options);
    const code = admin.offerCode();
    for (const wrong of [undefined, '', code]) expect(() => admin.verify(wrong)).toThrow(AdminTokenRejected);
  });
});
