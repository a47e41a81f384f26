import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer-reader.js';
import { answerOf, ids } from './golden.fixture.js';
import { readDescription } from './sdp-text.js';

const fixtures = new URL('../../../test/fixtures/', import.meta.url);
const names = readdirSync(new URL('offers/', fixtures)).filter((name) => name.endsWith('.sdp'));

function fixture(folder: string, name: string): string {
  return readFileSync(new URL(`${folder}/${name}`, fixtures), 'utf8');
}

describe.each(names)('the answer to %s', (name) => {
  const text = fixture('offers', name);
  const { offer, answer } = answerOf(name, text);
  const offered = readDescription(text);
  const answered = readDescription(answer.sdp);
  const accepted = answered.sections.filter((section) => section.port !== 0);
  const named = (section: { attributes: readonly { name: string; value: string }[] }, key: string): string[] =>
    section.attributes.filter((attribute) => attribute.name === key).map((attribute) => attribute.value);

  it('is the golden one, byte for byte', () => {
    expect(answer.sdp).toBe(fixture('answers', name));
  });

  it('is the same for an offer with LF or mixed line ends', () => {
    const lf = text.replaceAll('\r\n', '\n');
    expect(answerOf(name, lf).answer).toEqual(answer);
    expect(answerOf(name, lf.replace('\n', '\r\n')).answer).toEqual(answer);
  });

  it('W-40 answers every section in order, with its mid and the direction of the server', () => {
    expect(answered.sections.map((section) => section.media)).toEqual(offered.sections.map(({ media }) => media));
    expect(answered.sections.map((section) => named(section, 'mid'))).toEqual(
      offered.sections.map((section) => named(section, 'mid')),
    );
    const direction = offer.use === 'publish' ? 'recvonly' : 'sendonly';
    for (const section of accepted) expect(named(section, direction)).toEqual(['']);
  });

  it('W-41 bundles exactly the accepted mids', () => {
    const mids = accepted.flatMap((section) => named(section, 'mid'));
    expect(answered.attributes).toContainEqual({ name: 'group', value: `BUNDLE ${mids.join(' ')}` });
  });

  it('W-42 multiplexes RTP and RTCP in every accepted section', () => {
    for (const section of accepted) {
      expect(named(section, 'rtcp-mux')).toEqual(['']);
      expect(named(section, 'rtcp-mux-only')).toEqual(['']);
    }
  });

  it('W-43 T9 chooses the DTLS role that the offer leaves', () => {
    const setup = offer.setup === 'passive' ? 'active' : 'passive';
    for (const section of accepted) expect(named(section, 'setup')).toEqual([setup]);
    expect(answer.dtlsRole).toBe(setup === 'active' ? 'client' : 'server');
  });

  it('W-44 says ice-lite for the session only', () => {
    expect(answered.attributes).toContainEqual({ name: 'ice-lite', value: '' });
    for (const section of answered.sections) expect(named(section, 'ice-lite')).toEqual([]);
  });

  it('W-45 names credentials and fingerprint in every accepted section', () => {
    for (const section of accepted) {
      for (const key of ['ice-ufrag', 'ice-pwd', 'fingerprint']) expect(named(section, key)).toHaveLength(1);
    }
  });

  it('W-46 begins with v=0 and ends every line with CRLF', () => {
    expect(answer.sdp.startsWith('v=0\r\n')).toBe(true);
    expect(answer.sdp.endsWith('\r\n')).toBe(true);
    expect(answer.sdp.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('W-48 T6 accepts every simulcast layer in its order', () => {
    for (const [index, section] of offered.sections.entries()) {
      const layers = named(section, 'simulcast').map((value) => value.replace('send ', 'recv '));
      const own = answered.sections[index];
      expect(own && named(own, 'simulcast')).toEqual(layers);
      expect(own && named(own, 'rid')).toEqual(named(section, 'rid').map((rid) => rid.replace(' send', ' recv')));
    }
  });

  it('W-49 claims no codec, feedback or extension that was not offered, and none that is not implemented', () => {
    for (const [index, section] of answered.sections.entries()) {
      const from = offered.sections[index];
      expect(from?.formats).toEqual(expect.arrayContaining([...section.formats]));
      const feedback = from === undefined ? [] : named(from, 'rtcp-fb').map((value) => value.toLowerCase());
      for (const value of named(section, 'rtcp-fb')) expect(feedback).toContain(value);
      const extensions = from === undefined ? [] : named(from, 'extmap').map((value) => value.split(/[ /]/)[0]);
      for (const value of named(section, 'extmap')) expect(extensions).toContain(value.split(/[ /]/)[0]);
    }
    expect(answer.sdp).not.toMatch(/transport-cc|transport-wide-cc|red\/|ulpfec|telephone-event|sprop-parameter-sets/);
  });

  it('T5 stays under 8192 bytes and lists an IPv4 UDP host candidate first, in the first accepted section only', () => {
    expect(answer.sdp.length).toBeLessThan(8_192);
    const [first, ...rest] = accepted.map((section) => named(section, 'candidate'));
    expect(first?.[0]).toMatch(/^1 1 udp \d+ 203\.0\.113\.10 8100 typ host$/);
    for (const candidates of rest) expect(candidates).toEqual([]);
  });

  it('E-10 names one stream and gives every SSRC its own line when it sends', () => {
    const sends = offer.use === 'play';
    for (const section of accepted) {
      expect(named(section, 'msid').map((value) => value.split(' ')[0])).toEqual(sends ? [ids.streamId] : []);
      const group = named(section, 'ssrc-group').flatMap((value) => value.split(' ').slice(1));
      const lines = named(section, 'ssrc').map((value) => value.split(' ')[0]);
      for (const ssrc of group) expect(lines).toContain(ssrc);
      expect(lines.length > 0).toBe(sends);
    }
  });

  it('tells its reader what its writer was told', () => {
    const read = readAnswer(answer.sdp);
    expect(read.sections.map((section) => section.codecs)).toEqual(answer.tracks.map((track) => track.codecs));
    expect(read.sections.map((section) => section.extensions)).toEqual(answer.tracks.map((track) => track.extensions));
    expect(read.dtlsRole).toBe(answer.dtlsRole === 'client' ? 'server' : 'client');
  });
});
