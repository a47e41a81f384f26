import { section } from './language.js';

/** Texts of the dialog that shares a channel. */
export const shareWords = section({
  en: {
    shareTitle: 'Share this channel',
    shareLink: 'Link to this page',
    sharePrivate:
      'This channel is private: only who may watch it can open these. Its owner makes a watch link for others.',
    embedCode: 'Code to put the player into another page',
    shareBySystem: 'Share by another app',
  },
  ko: {
    shareTitle: '이 채널 공유하기',
    shareLink: '이 페이지 링크',
    sharePrivate:
      '비공개 채널입니다. 볼 수 있는 사람만 열 수 있습니다. 다른 사람에게 줄 시청 링크는 소유자가 만듭니다.',
    embedCode: '다른 페이지에 재생기를 넣는 코드',
    shareBySystem: '다른 앱으로 공유',
  },
});
