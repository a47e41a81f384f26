import { section } from './language.js';

/** Texts of what a channel does beside real-time video, and of what the server lacks for it. */
export const settingsWords = section({
  en: {
    title: 'Watching and recording',
    hls: 'Watching on any network (HLS)',
    hlsModes: {
      program: 'Composed and encoded in several qualities',
      passthrough: 'Passed through as it comes, for encoders such as OBS',
      off: 'Off',
    },
    record: 'Record every broadcast',
    recordHint: 'Needs HLS.',
    isolatedTracks: 'Keep the publisher’s own tracks as well',
    whep: 'What viewers see in real time',
    whepModes: {
      source: 'The publisher, as fast as can be',
      program: 'The composed program, about half a second later',
    },
    later: 'A running broadcast goes on as it began: changes of HLS and recording count from the next one.',
    saved: 'Saved',
    saving: 'Saving…',
    failed: 'That could not be saved. Try again.',
    ffmpegTitle: 'ffmpeg was not found',
    ffmpegText:
      'Without it, HLS and recordings carry the picture as it comes, in one quality and with Opus sound, and there are no previews. Real-time video needs no ffmpeg.',
    ffmpegHow: 'Install it and start the server again:',
    ffmpegWays: [
      'Debian, Ubuntu: sudo apt install ffmpeg',
      'macOS: brew install ffmpeg',
      'Windows: winget install ffmpeg',
    ],
    ffmpegPath: 'Or name its file in the setting FFMPEG_PATH.',
    ffmpegProblems: 'What was tried',
  },
  ko: {
    title: '시청과 녹화',
    hls: '모든 네트워크에서 보기 (HLS)',
    hlsModes: {
      program: '합성하고 여러 화질로 인코딩',
      passthrough: '들어오는 그대로 전달 (OBS 같은 인코더용)',
      off: '끄기',
    },
    record: '모든 방송 녹화',
    recordHint: 'HLS가 켜져 있어야 합니다.',
    isolatedTracks: '방송자의 원본 트랙도 보관',
    whep: '실시간 시청자에게 보이는 화면',
    whepModes: {
      source: '방송자 화면 그대로, 가장 빠르게',
      program: '합성된 프로그램, 약 0.5초 늦게',
    },
    later: '진행 중인 방송은 그대로 이어지고, HLS와 녹화 변경은 다음 방송부터 적용됩니다.',
    saved: '저장됨',
    saving: '저장하는 중…',
    failed: '저장하지 못했습니다. 다시 시도하세요.',
    ffmpegTitle: 'ffmpeg를 찾지 못했습니다',
    ffmpegText:
      'ffmpeg가 없으면 HLS와 녹화는 들어오는 영상을 한 가지 화질과 Opus 소리로 그대로 담고, 미리보기 그림은 없습니다. 실시간 영상에는 ffmpeg가 필요 없습니다.',
    ffmpegHow: '설치한 뒤 서버를 다시 시작하세요.',
    ffmpegWays: [
      'Debian, Ubuntu: sudo apt install ffmpeg',
      'macOS: brew install ffmpeg',
      'Windows: winget install ffmpeg',
    ],
    ffmpegPath: '또는 FFMPEG_PATH 설정에 파일 경로를 적으세요.',
    ffmpegProblems: '시도한 것',
  },
});
