import { section } from './language.js';

/** Texts of the watch page around its player. */
export const watchWords = section({
  en: {
    recordings: 'Recordings',
    lastRecordings: 'Watch earlier broadcasts',
    share: 'Share',
    follow: 'Follow',
    following: 'Following',
    unfollow: 'Stop following',
    signInToFollow: 'Sign in to follow this channel',
    followers: (count: number) => (count === 1 ? '1 follower' : `${count} followers`),
    liveFor: (time: string) => `live for ${time}`,
    manage: 'Manage',
    unlisted: 'Unlisted',
    private: 'Private',
  },
  ko: {
    recordings: '녹화',
    lastRecordings: '지난 방송 보기',
    share: '공유',
    follow: '팔로우',
    following: '팔로잉',
    unfollow: '팔로우 취소',
    signInToFollow: '로그인하고 이 채널 팔로우하기',
    followers: (count) => `팔로워 ${count}명`,
    liveFor: (time) => `${time}째 라이브`,
    manage: '관리',
    unlisted: '목록에 없음',
    private: '비공개',
  },
});
