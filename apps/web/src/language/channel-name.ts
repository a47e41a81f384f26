import { section } from './language.js';

/** Texts of a field for a channel's name. */
export const channelNameWords = section({
  en: {
    label: 'Channel',
    hint: 'Letters, digits, “-” and “_”.',
    openStudio: 'Open studio',
  },
  ko: {
    label: '채널',
    hint: '영문자, 숫자, “-”, “_”를 쓸 수 있습니다.',
    openStudio: '스튜디오 열기',
  },
});
