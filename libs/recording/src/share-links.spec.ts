import { Database } from '@weir/store';
import { describe, expect, it } from 'vitest';
import { ShareLinkInvalid, ShareLinks } from './share-links.js';

const id = 'a'.repeat(24);

async function linksOf(database: Database): Promise<ShareLinks> {
  const links = new ShareLinks(database);
  await links.onModuleInit();
  return links;
}

describe('ShareLinks', () => {
  it('takes its own tokens until they expire, also after a restart', async () => {
    const database = Database.inMemory();
    const token = (await linksOf(database)).sign(id, 60_000);
    const links = await linksOf(database);
    expect(() => links.verify(id, token, 59_999)).not.toThrow();
    expect(() => links.verify(id, token, 60_000)).toThrow(ShareLinkInvalid);
    expect(() => links.verify('b'.repeat(24), token, 0)).toThrow(ShareLinkInvalid);
    await database.close();
  });

  it('takes no token with any character changed', async () => {
    const database = Database.inMemory();
    const links = await linksOf(database);
    const token = links.sign(id, 4e12);
    for (let at = 0; at < token.length; at += 1) {
      for (const character of 'A0z-_.') {
        if (token[at] === character) continue;
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(() => links.verify(id, changed, 0)).toThrow(ShareLinkInvalid);
      }
    }
    for (const wrong of ['', '.', token.slice(1), `${token}A`, `0${token}`]) {
      expect(() => links.verify(id, wrong, 0)).toThrow(ShareLinkInvalid);
    }
    await database.close();
  });
});
