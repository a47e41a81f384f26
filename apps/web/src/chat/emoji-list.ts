/** One emoji with what it is called: a name for `:name:` in English, and words in English and Korean. */
export interface Emoji {
  readonly sign: string;
  /** Without the colons. */
  readonly code: string;
  readonly english: string;
  readonly korean: string;
}

const ROWS = `
😀 grin|grinning|활짝 웃음
😄 smile|smiling eyes|미소
😁 beam|beaming|환한 미소
😆 laughing|laughing hard|깔깔
😅 sweat_smile|nervous laugh|식은땀 웃음
😂 joy|tears of joy|눈물 나게 웃음
🤣 rofl|rolling with laughter|데굴데굴
😊 blush|blushing|수줍은 미소
🙂 slight_smile|slight smile|살짝 미소
😉 wink|winking|윙크
😍 heart_eyes|heart eyes|하트 눈
🥰 loved|in love|사랑에 빠짐
😘 kiss|blowing a kiss|뽀뽀
😋 yum|delicious|맛있다
😎 cool|sunglasses|멋짐 선글라스
🤩 star_struck|star struck|별 눈 감탄
🥳 partying|party face|파티 얼굴
🤔 thinking|thinking|생각 중
🤨 doubt|raised eyebrow|의심
😐 neutral|neutral face|무표정
🙄 eye_roll|rolling eyes|어이없음
😏 smirk|smirking|능글맞음
😬 grimace|grimacing|난처함
😴 sleeping|asleep|잠
😮 wow|surprised|놀람
😱 scream|screaming|비명 충격
🤯 mind_blown|mind blown|머리 폭발
😢 cry|crying|눈물
😭 sob|sobbing|엉엉 울음
😤 huff|huffing|흥 씩씩
😡 angry|angry|화남
🥺 pleading|pleading|애원
😇 angel|halo|천사
🤗 hug|hugging|포옹
🤭 giggle|giggling|킥킥
🫡 salute|saluting|경례
🫠 melting|melting|녹아내림
🤐 zipped|zipped mouth|입 닫음
🥶 freezing|cold|추움
🥵 hot|hot face|더움
🤒 sick|ill|아픔
💀 skull|dead|해골 죽음
👻 ghost|ghost|유령
🤖 robot|robot|로봇
👋 wave|waving hand|안녕 손 흔들기
👍 thumbs_up|thumbs up, yes|엄지 척 좋아요
👎 thumbs_down|thumbs down, no|엄지 아래 싫어요
👏 clap|clapping|박수
🙌 raised_hands|raised hands|만세
🙏 please|thanks, please|부탁 감사
🤝 handshake|handshake|악수
👌 ok|ok hand|오케이
✌️ victory|victory|브이
🤞 fingers_crossed|fingers crossed|행운 손가락
🤙 call_me|call me|전화해
👊 fist|fist bump|주먹
💪 strong|muscle|힘 근육
👀 eyes|looking|눈 보는 중
🧠 brain|brain|두뇌
🫶 heart_hands|heart hands|손 하트
❤️ heart|red heart|빨간 하트 사랑
🧡 orange_heart|orange heart|주황 하트
💛 yellow_heart|yellow heart|노란 하트
💚 green_heart|green heart|초록 하트
💙 blue_heart|blue heart|파란 하트
💜 purple_heart|purple heart|보라 하트
🖤 black_heart|black heart|검은 하트
💔 broken_heart|broken heart|깨진 하트
🔥 fire|fire, lit|불
✨ sparkles|sparkles|반짝
⭐ star|star|별
🎉 party|party popper|축하 폭죽
🎊 confetti|confetti|색종이
🎁 gift|gift|선물
🎂 cake|birthday cake|생일 케이크
🏆 trophy|trophy, win|우승 트로피
🥇 first|gold medal|금메달
🎮 game|game controller|게임
🎧 headphones|headphones|헤드폰
🎤 microphone|microphone|마이크
🎵 music|music note|음악
🎸 guitar|guitar|기타
🎬 clapper|film clapper|영화 촬영
📷 camera|camera|카메라
💯 hundred|hundred points|백점
✅ check|check mark|확인 체크
❌ cross|cross, wrong|엑스 틀림
❓ question|question mark|물음표
❗ exclamation|exclamation mark|느낌표
💡 idea|idea|아이디어 전구
⏰ clock|alarm clock|시계 알람
🚀 rocket|rocket|로켓
⚡ lightning|lightning|번개
🌈 rainbow|rainbow|무지개
☀️ sun|sun|해
🌙 moon|moon|달
❄️ snow|snowflake|눈송이
🌊 ocean|wave of water|파도 바다
🌸 blossom|cherry blossom|벚꽃
🍀 clover|four leaf clover|네잎클로버 행운
🐶 dog|dog|강아지 개
🐱 cat|cat|고양이
🐻 bear|bear|곰
🦄 unicorn|unicorn|유니콘
🐢 turtle|turtle, slow|거북이
☕ coffee|coffee|커피
🍕 pizza|pizza|피자
🍜 noodles|noodles, ramen|라면 국수
🍚 rice|rice|밥
🍺 beer|beer|맥주
🍿 popcorn|popcorn|팝콘
🇰🇷 korea|flag of Korea|태극기 한국
`;

/** The emoji that can be picked and completed. */
export const EMOJI: readonly Emoji[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const space = row.indexOf(' ');
    const [code = '', english = '', korean = ''] = row.slice(space + 1).split('|');
    return { sign: row.slice(0, space), code, english, korean };
  });

/** The emoji whose names have a text in them, in any language; the nearest first. */
export function findEmoji(text: string): readonly Emoji[] {
  const wanted = text.toLowerCase().replaceAll('_', ' ');
  const rank = ({ code, english, korean }: Emoji): number => {
    const named = code.replaceAll('_', ' ');
    if (wanted === '') return 0;
    if (named.startsWith(wanted)) return named.length;
    const names = [named, english.toLowerCase(), korean];
    if (names.some((name) => name.startsWith(wanted))) return 100;
    return names.some((name) => name.includes(wanted)) ? 200 : Infinity;
  };
  return EMOJI.filter((emoji) => rank(emoji) < Infinity).toSorted((one, other) => rank(one) - rank(other));
}

/** Puts emoji in the place of each `:name:` that is one. */
export function withEmoji(text: string): string {
  return text.replaceAll(
    /:([a-z_]{2,20}):/g,
    (all, code: string) => EMOJI.find((one) => one.code === code)?.sign ?? all,
  );
}
