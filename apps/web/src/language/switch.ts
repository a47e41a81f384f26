import { section } from './language.js';

/** Texts about the change between the transports. */
export const switchWords = section({
  en: {
    changing: {
      blocked: 'Real-time video does not get through here. Changing to HLS…',
      'no-room': 'The server has no more room in real time. Changing to HLS…',
    },
    noWay: {
      blocked: 'Your network lets no real-time video through (UDP), and this channel has no other way. Trying again…',
      'no-room': 'The server is full. Trying again…',
    },
    viaHls: {
      blocked: 'Over HLS: real-time video does not get through here',
      'no-room': 'Over HLS: the server has no more room in real time',
      'no-webrtc': 'Over HLS: this browser has no real-time video',
      lossy: 'Over HLS: too much was lost on the way in real time',
      frozen: 'Over HLS: the picture froze in real time',
      rewound: 'Over HLS, because you went back in time',
      remembered: 'Over HLS: real time did not work here a short while ago',
    },
    backToRealTime: 'Back to real time',
    tryingRealTime: 'Trying real time…',
  },
  ko: {
    changing: {
      blocked: '이 네트워크에서는 실시간 영상이 통하지 않습니다. HLS로 바꾸는 중…',
      'no-room': '서버에 실시간 자리가 없습니다. HLS로 바꾸는 중…',
    },
    noWay: {
      blocked: '이 네트워크가 실시간 영상(UDP)을 막고 있고, 이 채널에는 다른 방법이 없습니다. 다시 시도하는 중…',
      'no-room': '서버가 가득 찼습니다. 다시 시도하는 중…',
    },
    viaHls: {
      blocked: 'HLS로 재생 중: 이 네트워크에서는 실시간 영상이 통하지 않습니다',
      'no-room': 'HLS로 재생 중: 서버에 실시간 자리가 없습니다',
      'no-webrtc': 'HLS로 재생 중: 이 브라우저는 실시간 영상을 지원하지 않습니다',
      lossy: 'HLS로 재생 중: 실시간에서 손실이 너무 많았습니다',
      frozen: 'HLS로 재생 중: 실시간에서 화면이 멈췄습니다',
      rewound: '뒤로 이동해서 HLS로 재생 중입니다',
      remembered: 'HLS로 재생 중: 조금 전 이곳에서 실시간이 되지 않았습니다',
    },
    backToRealTime: '실시간으로 돌아가기',
    tryingRealTime: '실시간을 시도하는 중…',
  },
});
