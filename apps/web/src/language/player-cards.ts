import { section } from './language.js';

/** Texts of what stands in the place of a picture that there is not. */
export const playerCardWords = section({
  en: {
    offlineText: 'Keep this page open: it starts by itself when the channel goes live.',
    watchAgain: 'Watch again from the start',
    watchLast: 'Watch the last broadcast',
    refusedTitle: 'This stream cannot be played',
    hlsOff: 'HLS is switched off for this channel.',
    unavailableText: 'This page goes on trying by itself.',
    offerRealTime: 'Watch in real time',
    notFoundTitle: 'There is no such channel',
    notFoundText: 'Check the address, or look at what is live. A private channel shows itself only by its watch link.',
    privateTitle: 'You cannot watch this channel',
    toLive: 'See what is live',
    recordingMissing: 'There is no such recording',
  },
  ko: {
    offlineText: '이 페이지를 열어 두면 방송이 시작될 때 자동으로 재생됩니다.',
    watchAgain: '처음부터 다시 보기',
    watchLast: '지난 방송 보기',
    refusedTitle: '이 방송을 재생할 수 없습니다',
    hlsOff: '이 채널은 HLS가 꺼져 있습니다.',
    unavailableText: '이 페이지가 자동으로 다시 시도합니다.',
    offerRealTime: '실시간으로 보기',
    notFoundTitle: '없는 채널입니다',
    notFoundText: '주소를 확인하거나 라이브 중인 채널을 둘러보세요. 비공개 채널은 시청 링크로만 열립니다.',
    privateTitle: '이 채널을 볼 수 없습니다',
    toLive: '라이브 채널 보기',
    recordingMissing: '없는 녹화입니다',
  },
});
