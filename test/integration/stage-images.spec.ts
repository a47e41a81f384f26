import type { StageImage } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, png } from '../../libs/channels/src/avatar-image.fixture.js';
import { Person } from '../harness/person.js';
import { StageParty } from '../harness/stage-party.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let party: StageParty;

beforeAll(async () => {
  server = await startServer();
  party = await StageParty.open(server, await Person.first(server, 'Hanna'), 'show', { visibility: 'private' });
});

afterAll(() => server.stop());

function put(name: string, bytes: Uint8Array, type = 'image/png'): Promise<Response> {
  const { cookie, csrf } = party.host;
  const headers = { cookie, 'x-weir-csrf': csrf, 'content-type': type };
  return fetch(`${server.url}${party.path}/images/${name}`, { method: 'PUT', headers, body: Buffer.from(bytes) });
}

describe('the images of a stage', () => {
  it('are kept, named by arrangements, given to who may watch or is on the stage, and deleted', async () => {
    const answer = await put('logo.png', png(40, 20));
    expect(answer.status).toBe(200);
    const image = (await answer.json()) as StageImage;
    expect(image).toMatchObject({ name: 'logo.png', width: 40, height: 20, bytes: png(40, 20).length });
    const named = await party.direct('PATCH', 'scene', { logo: 'logo.png' });
    expect([named.images, named.arrangement.logo]).toEqual([[image], 'logo.png']);
    const { token } = await party.join('Gus');
    for (const given of [await party.as(token, 'GET', image.url), await party.host.request('GET', image.url)]) {
      expect([given.status, given.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(given.headers.get('cache-control')).toContain('private');
      expect(new Uint8Array(await given.arrayBuffer())).toEqual(new Uint8Array(png(40, 20)));
    }
    expect((await fetch(server.url + image.url)).status).toBe(404);
    const other = (await (await put('logo.png', png(30, 30))).json()) as StageImage;
    expect(other.url).not.toBe(image.url);
    expect((await party.host.request('DELETE', `${party.path}/images/logo.png`)).status).toBe(204);
    expect(await party.stage()).toMatchObject({ images: [], arrangement: { logo: null } });
    expect((await party.host.request('PATCH', `${party.path}/scene`, { logo: 'logo.png' })).status).toBe(404);
  });

  it('are nothing that is no image, too large, damaged, of another type or without a good name', async () => {
    const refused: (readonly [status: number, name: string, bytes: Uint8Array, type?: string])[] = [
      [400, 'a', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      [400, 'a', png(40, 20), 'image/svg+xml'],
      [400, 'a', png(40, 20), 'image/jpeg'],
      [400, 'a', png(5000, 10)],
      [400, 'a', jpeg(64, 64), 'image/jpeg'],
      [404, 'a%20b', png(40, 20)],
      [413, 'a', new Uint8Array((8 << 20) + 1)],
    ];
    for (const [status, name, bytes, type] of refused)
      expect([name, type, (await put(name, bytes, type)).status]).toEqual([name, type, status]);
    expect((await party.stage()).images).toEqual([]);
  });
});
