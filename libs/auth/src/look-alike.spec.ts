import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReservedName, leetForm, nameForm, plainForm } from './look-alike.js';

describe('plainForm', () => {
  it('reads what looks alike as the same', () => {
    const disguises = [
      'ADMIN',
      'аdmin',
      'Αdmіn',
      'a\u200bdmin',
      'ádmïn',
      'ａｄｍｉｎ',
      '𝓐𝓭𝓶𝓲𝓷',
      'adm\u00adin',
      'AdmIn',
      'admln',
    ];
    for (const disguise of disguises) expect(plainForm(disguise)).toBe('admin');
  });

  it('keeps what is different apart', () => {
    expect(new Set(['anna', 'ana', '가나', '각나', 'ひらがな', 'สวัสดี'].map(plainForm)).size).toBe(6);
  });

  it('takes any text and comes to rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(plainForm(plainForm(text))).toBe(plainForm(text));
        leetForm(text);
        isReservedName(text);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});

describe('nameForm', () => {
  it('compares names whatever stands between their letters', () => {
    for (const name of ['Ad-min', 'A.d.m.i.n', '4dm1n', '@dmin', 'ad min']) expect(nameForm(name)).toBe('admin');
  });
});

describe('isReservedName', () => {
  it('keeps names of those who run things and their look-alikes', () => {
    const taken = [
      'Admin',
      'аdmіn',
      'MODERATOR',
      'm0derator',
      'The Admin',
      'admin_2',
      'Admin99',
      'mod',
      '관리자',
      '...',
      '',
    ];
    for (const name of taken) expect(isReservedName(name), name).toBe(true);
  });

  it('leaves people their names', () => {
    for (const name of ['Padmini', 'Anna', 'Modesta', 'Bottas', 'Ghost', 'Ralf', '지민', 'さくら']) {
      expect(isReservedName(name), name).toBe(false);
    }
  });
});
