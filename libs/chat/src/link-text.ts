const endings = [
  'com|net|org|info|biz|io|tv|gg|me|co|app|dev|xyz|live|link|site|online|shop|club|ly|to|cc|ru|kr|jp|cn|de|uk|fr|it|es|nl|pl|se',
  'us|ca|au|br|in|eu|be|ch|at|dk|no|fi|cz|mx|id|vn|th|tk|ml|top|pro|ai|so|sh|im|is|la|ws|st|fm|am|gl|page|store|fun|vip|icu|bet|cam',
].join('|');

const pattern = new RegExp(
  `[a-z][a-z0-9+.-]{1,20}://|mailto:|www\\.|[\\p{L}\\p{N}-]{1,63}\\.(?:${endings})(?![\\p{L}\\p{N}-])|\\d{1,3}(?:\\.\\d{1,3}){3}`,
  'iu',
);

/** Whether a text has what leads elsewhere: an address with a scheme, a host name of a common ending or an IPv4 address. */
export function hasLink(text: string): boolean {
  return pattern.test(text.normalize('NFKC').replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, ''));
}
