import { DatabaseUnavailable } from '@weir/store';
import { describe, expect, it } from 'vitest';
import { ConfigInvalid } from './config-source.js';
import { startFault } from './start-fault.js';

describe('startFault', () => {
  it('names the port that is in use and the key to change', () => {
    const tcp = Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'listen', port: 8080 });
    expect(startFault(tcp)).toContain('TCP port 8080 is in use: stop what uses it, or set WEIR_HTTP_PORT');
    const udp = Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'bind', port: 8100 });
    expect(startFault(udp)).toContain('UDP port 8100 is in use: stop what uses it, or set WEIR_RTC_PORT');
  });

  it('tells configuration faults without a stack', () => {
    expect(startFault(new ConfigInvalid(['a is wrong.']))).toBe('The configuration cannot be used:\n  a is wrong.');
  });

  it('tells why the database cannot be used, and of several addresses the first', () => {
    const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('other')], '');
    for (const cause of [refused, new Error('connect ECONNREFUSED ::1:5432')]) {
      expect(startFault(new DatabaseUnavailable(cause))).toBe(
        'The database that DATABASE_URL names cannot be used: connect ECONNREFUSED ::1:5432. Start it, or correct DATABASE_URL.',
      );
    }
  });

  it('shows the stack of anything unforeseen', () => {
    expect(startFault(new Error('boom'))).toContain('start-fault.spec');
  });
});
