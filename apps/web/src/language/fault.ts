import { section } from './language.js';

/** Texts of what went wrong between page and server. */
export const faultWords = section({
  en: {
    unreachable: 'The server does not answer. Check your connection and try again.',
    signedOut: 'You are not signed in any more. Sign in and try again.',
    forbidden: 'You are not allowed to do this.',
    missing: 'That does not exist, or not any more.',
    exists: 'That exists already.',
    tooLarge: 'That is too large.',
    tooOften: (seconds: number) =>
      seconds < 90
        ? `Too many tries. Try again in ${seconds} seconds.`
        : `Too many tries. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    busy: 'The server has too much to do. Try again in a few seconds.',
    broken: 'Something is wrong with the server. Try again in a moment.',
    other: (detail: string) => `That did not work: ${detail}`,
  },
  ko: {
    unreachable: '서버가 응답하지 않습니다. 연결을 확인하고 다시 시도하세요.',
    signedOut: '로그인이 풀렸습니다. 다시 로그인한 뒤 시도하세요.',
    forbidden: '이 작업을 할 권한이 없습니다.',
    missing: '없거나 이미 사라진 항목입니다.',
    exists: '이미 있습니다.',
    tooLarge: '파일이 너무 큽니다.',
    tooOften: (seconds) =>
      seconds < 90
        ? `시도가 너무 많습니다. ${seconds}초 뒤에 다시 시도하세요.`
        : `시도가 너무 많습니다. ${Math.ceil(seconds / 60)}분 뒤에 다시 시도하세요.`,
    busy: '서버가 바쁩니다. 몇 초 뒤에 다시 시도하세요.',
    broken: '서버에 문제가 있습니다. 잠시 뒤 다시 시도하세요.',
    other: (detail) => `실패했습니다: ${detail}`,
  },
});
