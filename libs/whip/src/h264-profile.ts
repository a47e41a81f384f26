/** The H.264 profiles that decoders tell apart. */
export type H264Profile =
  'constrained-baseline' | 'baseline' | 'main' | 'constrained-high' | 'high' | 'predictive-high-444' | 'other';

interface Pattern {
  readonly profileIdc: number;
  readonly mask: number;
  readonly value: number;
  readonly profile: H264Profile;
}

// RFC 6184 8.1, table 5: profile_idc with the constraint bits that make a profile.
const PATTERNS: readonly Pattern[] = [
  { profileIdc: 0x42, mask: 0x4f, value: 0x40, profile: 'constrained-baseline' },
  { profileIdc: 0x4d, mask: 0x8f, value: 0x80, profile: 'constrained-baseline' },
  { profileIdc: 0x58, mask: 0xcf, value: 0xc0, profile: 'constrained-baseline' },
  { profileIdc: 0x42, mask: 0x4f, value: 0x00, profile: 'baseline' },
  { profileIdc: 0x58, mask: 0xcf, value: 0x80, profile: 'baseline' },
  { profileIdc: 0x4d, mask: 0xaf, value: 0x00, profile: 'main' },
  { profileIdc: 0x64, mask: 0xff, value: 0x00, profile: 'high' },
  { profileIdc: 0x64, mask: 0xff, value: 0x0c, profile: 'constrained-high' },
  { profileIdc: 0xf4, mask: 0xff, value: 0x00, profile: 'predictive-high-444' },
];

const PREFERENCES: Readonly<Record<H264Profile, readonly H264Profile[]>> = {
  'constrained-baseline': ['constrained-baseline', 'baseline', 'main', 'constrained-high', 'high'],
  baseline: ['baseline', 'constrained-baseline', 'main', 'high', 'constrained-high'],
  main: ['main', 'high', 'constrained-high', 'constrained-baseline', 'baseline'],
  'constrained-high': ['constrained-high', 'high', 'main', 'constrained-baseline', 'baseline'],
  high: ['high', 'constrained-high', 'main', 'constrained-baseline', 'baseline'],
  'predictive-high-444': ['predictive-high-444', 'high', 'constrained-high', 'main', 'constrained-baseline'],
  other: ['other', 'high', 'constrained-high', 'main', 'constrained-baseline'],
};

/** The profile of a profile-level-id of six hex digits; absent or odd ones count as constrained baseline (RFC 6184 8.1 names no better). */
export function h264Profile(profileLevelId: string | undefined): H264Profile {
  if (profileLevelId === undefined || !/^[0-9a-f]{6}$/i.test(profileLevelId)) return 'constrained-baseline';
  const profileIdc = Number.parseInt(profileLevelId.slice(0, 2), 16);
  const constraints = Number.parseInt(profileLevelId.slice(2, 4), 16);
  for (const { profileIdc: idc, mask, value, profile } of PATTERNS) {
    if (idc === profileIdc && (constraints & mask) === value) return profile;
  }
  return 'other';
}

/** How well a decoder of the offered profile suits a stream, 0 being best; the level is ignored. */
export function h264Distance(stream: H264Profile, offered: H264Profile): number {
  const preferences = PREFERENCES[stream];
  const position = preferences.indexOf(offered);
  return position < 0 ? preferences.length : position;
}
