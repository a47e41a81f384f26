import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthBench } from './auth.fixture.js';
import { SetupCodeRejected } from './setup.js';

const ada = { name: 'Ada', password: 'correct horse' };
let bench: AuthBench;

beforeEach(async () => {
  bench = await AuthBench.open();
});

afterEach(() => bench.database.close());

describe('Setup', () => {
  it('makes the first account, which administers the server, once', async () => {
    const setup = (await bench.setup.offerCode()) ?? '';
    expect(await bench.signUps.create({ ...ada, setup })).toMatchObject({ isAdmin: true, mayCreate: true });
    await expect(bench.signUps.create({ ...ada, name: 'Bob', setup })).rejects.toThrow(SetupCodeRejected);
    expect(await bench.setup.offerCode()).toBeUndefined();
  });

  it('makes one administrator of several that come at once', async () => {
    const setup = (await bench.setup.offerCode()) ?? '';
    const names = ['Ada', 'Bob', 'Cyd', 'Dan'];
    const made = await Promise.allSettled(names.map((name) => bench.signUps.create({ ...ada, name, setup })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bench.accounts.list()).toHaveLength(1);
  });

  it('is offered again at every start until then, ending older codes', async () => {
    const earlier = (await bench.setup.offerCode()) ?? '';
    const setup = (await bench.setup.offerCode()) ?? '';
    await expect(bench.signUps.create({ ...ada, setup: earlier })).rejects.toThrow(SetupCodeRejected);
    await expect(bench.signUps.create({ ...ada, setup: '' })).rejects.toThrow(SetupCodeRejected);
    await bench.signUps.create({ ...ada, setup });
  });

  it('is offered beside accounts of open sign-up, which administer nothing', async () => {
    const open = await AuthBench.open({ signUp: 'open' });
    expect(await open.signUps.create(ada)).toMatchObject({ isAdmin: false, mayCreate: false });
    expect(await open.setup.offerCode()).toBeTypeOf('string');
    await open.database.close();
  });
});
