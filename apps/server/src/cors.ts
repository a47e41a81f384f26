const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
// Eyevinn's client sends ETag in its PATCH, which is no request header, and its PATCH is blocked without this.
const requestHeaders = 'Authorization, Content-Type, If-Match, If-Range, Range, ETag';
const responseHeaders = [
  'Location, ETag, Link, Retry-After, Accept-Post, Accept-Patch, WWW-Authenticate',
  'Accept-Ranges, Content-Disposition, Content-Length, Content-Range',
].join(', ');

/** The CORS headers of any response to a page of that origin; `*` allows all, which never send credentials. */
export function corsHeaders(origin: string | undefined, allowedOrigins: readonly string[]): Record<string, string> {
  const allowed = allowedOrigins.includes('*') ? '*' : allowedOrigins.find((candidate) => candidate === origin);
  if (allowed === undefined) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': allowed,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Expose-Headers': responseHeaders,
    'Access-Control-Max-Age': '86400',
    'Access-Control-Allow-Private-Network': 'true',
  };
}
