/** Browsers that differ in where a permission is given. */
export type BrowserName = 'chrome' | 'firefox' | 'safari' | 'other';

/** Systems that differ in where a browser is let in. */
export type SystemName = 'macos' | 'windows' | 'linux' | 'android' | 'ios' | 'other';

/** What somebody looks at a page with. */
export interface BrowserSurroundings {
  readonly browser: BrowserName;
  readonly system: SystemName;
  /** Such as `Edge on Windows`, as people call it. */
  readonly title: string;
}

const SYSTEMS: readonly (readonly [RegExp, SystemName, string])[] = [
  [/iPhone|iPad|iPod/, 'ios', 'iOS'],
  [/Android/, 'android', 'Android'],
  [/Mac OS X|Macintosh/, 'macos', 'macOS'],
  [/Windows/, 'windows', 'Windows'],
  [/CrOS/, 'other', 'ChromeOS'],
  [/Linux|X11/, 'linux', 'Linux'],
];

/** The more specific first: every Chrome calls itself Safari, and Edge calls itself Chrome. */
const BROWSERS: readonly (readonly [RegExp, BrowserName, string])[] = [
  [/Edg(?:e|A|iOS)?\//, 'chrome', 'Edge'],
  [/OPR\//, 'chrome', 'Opera'],
  [/SamsungBrowser\//, 'chrome', 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'firefox', 'Firefox'],
  [/Chrome\/|CriOS\/|HeadlessChrome\//, 'chrome', 'Chrome'],
  [/Safari\//, 'safari', 'Safari'],
];

/** Tells browser and system by `navigator.userAgent`; an iPad calls itself a Mac, but one that can be touched with several fingers. */
export function browserOf(userAgent: string, touchPoints = 0): BrowserSurroundings {
  const [, told, toldTitle] = SYSTEMS.find(([mark]) => mark.test(userAgent)) ?? [/^/, 'other', ''];
  const isTablet = told === 'macos' && touchPoints > 1;
  const [system, systemTitle] = isTablet ? (['ios', 'iPadOS'] as const) : [told, toldTitle];
  const [, browser, name] = BROWSERS.find(([mark]) => mark.test(userAgent)) ?? [/^/, 'other', ''];
  const title = name === '' || systemTitle === '' ? name || systemTitle : `${name} on ${systemTitle}`;
  return { browser, system, title };
}
