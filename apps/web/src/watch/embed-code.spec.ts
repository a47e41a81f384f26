import { expect, it } from 'vitest';
import { embedCode } from './embed-code.js';

it('leads to the player of the channel and lets it play by itself', () => {
  const code = embedCode('https://live.example', 'night-show', 'Night show');
  expect(code).toContain('src="https://live.example/embed/night-show"');
  expect(code).toContain('allow="autoplay; fullscreen; picture-in-picture"');
});

it('keeps a title from being anything but text', () => {
  const code = embedCode('https://live.example', 'a', `"><script>alert('1')</script>`);
  expect(code).not.toContain('<script>');
  expect(code).toContain('title="&quot;&gt;&lt;script&gt;');
});
