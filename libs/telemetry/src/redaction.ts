const secretFields = [
  'authorization',
  'cookie',
  'credential',
  'key',
  'password',
  'pwd',
  'sdp',
  'secret',
  'sessionUrl',
  'token',
];

/** The fields of a log line, at the top and one and two levels down, whose values are never written. */
export const redactedPaths: readonly string[] = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
