import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { UdpProxy } from './udp-proxy.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function socket(): Promise<Socket> {
  const bound = createSocket('udp4').bind(0, '127.0.0.1');
  await once(bound, 'listening');
  open.push(bound);
  return bound;
}

async function proxyTo(serverPort: number): Promise<UdpProxy> {
  const proxy = await UdpProxy.open({ serverPort, toServer: { seed: 1 }, toPeer: { seed: 2 } });
  open.push(proxy);
  return proxy;
}

describe('UdpProxy', () => {
  it('carries datagrams both ways and shows each peer at an address of its own', async () => {
    const server = await socket();
    const proxy = await proxyTo(server.address().port);
    server.on('message', (data, { port }) => server.send(`${String(data)} from ${port}`, port, '127.0.0.1'));
    const answers: string[] = [];
    for (const name of ['one', 'two']) {
      const peer = await socket();
      peer.send(name, proxy.port, '127.0.0.1');
      const [data] = (await once(peer, 'message')) as [Buffer];
      answers.push(String(data));
    }
    expect(answers[0]).toMatch(/^one from \d+$/);
    expect(answers[1]).toMatch(/^two from \d+$/);
    expect(answers[0]?.slice(4)).not.toBe(answers[1]?.slice(4));
    expect([proxy.toServer.counts.delivered, proxy.toPeer.counts.delivered]).toEqual([2, 2]);
  });

  it('leads every UDP host candidate of the server through itself, once a section', async () => {
    const proxy = await proxyTo(8100);
    const sdp = [
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=candidate:1 1 udp 2130706431 192.0.2.1 8100 typ host',
      'a=candidate:2 1 udp 2130706175 2001:db8::1 8100 typ host',
      'a=end-of-candidates',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      'a=candidate:1 1 udp 2130706431 192.0.2.1 8100 typ host',
      '',
    ].join('\r\n');
    const lines = proxy.redirect(sdp).split('\r\n');
    expect(lines).toEqual([
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      `a=candidate:1 1 udp 2130706431 127.0.0.1 ${proxy.port} typ host`,
      'a=end-of-candidates',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      `a=candidate:1 1 udp 2130706431 127.0.0.1 ${proxy.port} typ host`,
      '',
    ]);
  });
});
