import { describe, expect, it } from 'vitest';
import { channelOfUrl, oembedOf } from './oembed.js';

const shown = {
  name: 'show',
  title: 'The "show"',
  description: '',
  isListed: true,
  watchUrl: 'https://live.example/watch/show',
  embedUrl: 'https://live.example/embed/show',
  imageUrl: undefined,
  width: 1920,
  height: 1080,
  site: 'https://live.example',
};

describe('channelOfUrl', () => {
  it('finds the channel in the addresses of this server', () => {
    for (const path of ['/watch/show', '/watch/show/', '/watch/show?via=hls#x', '/embed/show']) {
      expect(channelOfUrl(`https://live.example${path}`, 'live.example')).toBe('show');
    }
    expect(channelOfUrl('http://live.example/watch/show', 'live.example')).toBe('show');
  });

  it('finds none in any other text', () => {
    const texts = [
      '',
      'show',
      '/watch/show',
      'https://live.example/',
      'https://live.example/watch/',
      'https://live.example/watch/show/more',
      'https://live.example/watch/..%2Fadmin',
      'https://live.example:8443/watch/show',
      'https://elsewhere.example/watch/show',
      'https://live.example@elsewhere.example/watch/show',
      'ftp://live.example/watch/show',
      'javascript:alert(1)//live.example/watch/show',
      `https://live.example/watch/${'a'.repeat(65)}`,
    ];
    for (const text of texts) expect(channelOfUrl(text, 'live.example'), text).toBeUndefined();
  });
});

describe('oembedOf', () => {
  it('is a video with the player, in the size of the picture', () => {
    const { html, ...rest } = oembedOf(shown, {});
    expect(rest).toMatchObject({ version: '1.0', type: 'video', width: 1920, height: 1080, title: 'The "show"' });
    expect(html).toContain('src="https://live.example/embed/show"');
    expect(html).toContain('title="The &quot;show&quot;"');
  });

  it('fits into what the other page has room for, in proportion', () => {
    expect(oembedOf(shown, { maxwidth: 640 })).toMatchObject({ width: 640, height: 360 });
    expect(oembedOf(shown, { maxwidth: 640, maxheight: 180 })).toMatchObject({ width: 320, height: 180 });
    expect(oembedOf(shown, { maxheight: 1 })).toMatchObject({ width: 1, height: 1 });
    expect(oembedOf({ ...shown, width: undefined, height: undefined }, { maxwidth: 5000 })).toMatchObject({
      width: 1280,
      height: 720,
    });
  });
});
