import { BadRequestException, NotFoundException } from '@nestjs/common';
import { StreamKeyRejected } from '@weir/auth';
import { StreamNotLive } from '@weir/channels';
import { MediaTypeUnsupported, MethodNotAllowed, OfferRejected, SessionsExhausted } from '@weir/signalling';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal.js';

describe('refusalOf', () => {
  it('gives known errors their status, and tells what to do', () => {
    expect(refusalOf(new OfferRejected(422, 'Offer audio.'))?.problem).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'Offer audio.',
    });
    expect(refusalOf(new NotFoundException('x'))?.problem.status).toBe(404);
  });

  it('tells all faults of a body', () => {
    expect(refusalOf(new BadRequestException(['name: wrong', 'title: wrong']))?.problem.detail).toBe(
      'name: wrong; title: wrong',
    );
  });

  it('adds the headers that belong to a status', () => {
    expect(refusalOf(new StreamKeyRejected(false))?.headers).toEqual({ 'WWW-Authenticate': 'Bearer realm="weir"' });
    expect(refusalOf(new MethodNotAllowed(['GET', 'POST']))?.headers).toEqual({ Allow: 'GET, POST' });
    expect(refusalOf(new StreamNotLive('a'))?.headers).toEqual({ 'Retry-After': '3' });
    expect(refusalOf(new MediaTypeUnsupported('application/sdp'))?.headers).toEqual({
      'Accept-Post': 'application/sdp',
    });
    expect(Number(refusalOf(new SessionsExhausted())?.headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('tells nothing about faults of the server', () => {
    expect(refusalOf(new Error('disk full'))).toBeUndefined();
    expect(refusalOf(Object.assign(new Error('x'), { statusCode: 500 }))).toBeUndefined();
    expect(refusalOf('thrown text')).toBeUndefined();
  });
});
