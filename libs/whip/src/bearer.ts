/** The token of an `Authorization` header (RFC 6750 2.1); undefined when there is none or a client wrote its own undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 4_096) return undefined;
  const match = /^bearer +([!-~]+)$/i.exec(header.trim());
  const token = match?.[1];
  if (token === undefined || token === 'undefined' || token === 'null') return undefined;
  return token;
}
