import type { StageRefused } from '../stage/stage-refused.js';
import { section } from './language.js';

/** Texts of everybody on a stage, guests and directors. */
export const stageWords = section({
  en: {
    screenOf: (name: string) => `Screen of ${name}`,
    you: (name: string) => `${name} (you)`,
    onAir: 'On air',
    onStage: 'On stage',
    backstage: 'Backstage',
    muted: 'Muted',
    connecting: 'Connecting…',
    away: 'Not connected',
    soundOnly: 'No picture',
    quality: { good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' },
    soundBlocked: 'Your browser is waiting for a click before it plays the others.',
    allowSound: 'Hear the others',
    program: 'What viewers see',
    programHint: 'Without sound, as your own voice is in it. A little later than the stage.',
    programOff: 'There is no program yet.',
    showProgram: 'Show',
    hideProgram: 'Hide',
    faults: {
      invalid: (detail: string) => `The server could not use that: ${detail}`,
      'not-allowed': 'You may not do that.',
      unknown: 'That is no longer there.',
      conflict: (detail: string) => (detail === '' ? 'That does not fit how things are now.' : detail),
      'too-fast': 'That was too much at once. Wait a moment.',
      server: 'Something broke on the server. Try again.',
      unanswered: 'The server does not answer. Check your connection and try again.',
    },
  },
  ko: {
    screenOf: (name) => `${name} 님의 화면`,
    you: (name) => `${name} (나)`,
    onAir: '방송 중',
    onStage: '무대 위',
    backstage: '무대 뒤',
    muted: '음소거',
    connecting: '연결하는 중…',
    away: '연결되지 않음',
    soundOnly: '화면 없음',
    quality: { good: '연결이 좋습니다', fair: '연결이 보통입니다', poor: '연결이 나쁩니다' },
    soundBlocked: '브라우저가 다른 사람의 소리를 내기 전에 클릭을 기다리고 있습니다.',
    allowSound: '다른 사람 소리 듣기',
    program: '시청자가 보는 화면',
    programHint: '내 목소리가 들어 있어 소리는 내지 않습니다. 무대보다 조금 늦게 보입니다.',
    programOff: '아직 송출 화면이 없습니다.',
    showProgram: '보기',
    hideProgram: '숨기기',
    faults: {
      invalid: (detail) => `서버가 처리할 수 없는 요청입니다: ${detail}`,
      'not-allowed': '그렇게 할 권한이 없습니다.',
      unknown: '더 이상 없습니다.',
      conflict: (detail) => (detail === '' ? '지금 상태에서는 할 수 없습니다.' : detail),
      'too-fast': '한꺼번에 너무 많이 요청했습니다. 잠시 기다리세요.',
      server: '서버에 문제가 생겼습니다. 다시 시도하세요.',
      unanswered: '서버가 응답하지 않습니다. 연결을 확인하고 다시 시도하세요.',
    },
  },
});

/** Why something asked of a stage was not done, in a sentence for people. */
export function stageFaultText({ code, detail }: StageRefused): string {
  const text = stageWords.value.faults[code];
  return typeof text === 'string' ? text : text(detail);
}
