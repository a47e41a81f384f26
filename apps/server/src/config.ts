import { availableParallelism } from 'node:os';
import { isIP } from 'node:net';
import { z } from 'zod';
import {
  type ConfigKey,
  type ConfigValue,
  iceServers,
  key,
  listOf,
  network,
  oneOf,
  onOff,
  optionalKey,
  secretKey,
  text,
  whole,
} from './config-value.js';

const port = whole(0, 65_535);
const secret = text(/^[!-~]{1,512}$/, 'up to 512 printable characters without spaces');
const address = z.string().refine((entry) => entry === '+' || isIP(entry) !== 0);
const origin = z.string().regex(/^(\*|https?:\/\/[^/\s]+)$/);
const rung = z.string().regex(/^\d{3,4}p:\d{2,6}k$/);
const postgres: ConfigValue<string> = {
  schema: z.string().refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)),
  allowed: 'the address of a PostgreSQL database such as postgres://user:password@host/name',
};
const ms = (first: number, last: number): ConfigValue<number> => whole(first, last, ' milliseconds');

/** Every key: its name in the environment, what it may be, and what it is when left out. */
export const configKeys = {
  httpPort: key('WEIR_HTTP_PORT', port, 8080),
  httpHost: key('WEIR_HTTP_HOST', text(/^[A-Za-z0-9.:_-]{1,255}$/, 'an address or host name to listen on'), '::'),
  rtcPort: key('WEIR_RTC_PORT', port, 8100),
  rtcWorkers: key('WEIR_RTC_WORKERS', whole(1, 256), Math.max(1, availableParallelism() - 1)),
  publicAddresses: key(
    'WEIR_PUBLIC_ADDRESSES',
    listOf(address, 'IP addresses to announce instead of the local ones, or beside them after a first entry "+"'),
    [],
  ),
  dataDir: key('WEIR_DATA_DIR', text(/^.+$/, 'a directory'), './data'),
  databaseUrl: secretKey(optionalKey('DATABASE_URL', postgres)),
  adminToken: secretKey(optionalKey('WEIR_ADMIN_TOKEN', secret)),
  signUp: key('WEIR_SIGN_UP', oneOf('invitation', 'open'), 'invitation'),
  demo: key('WEIR_DEMO', onOff(), true),
  reconnectGraceMs: key('WEIR_RECONNECT_GRACE_MS', ms(0, 3_600_000), 15_000),
  connectTimeoutMs: key('WEIR_CONNECT_TIMEOUT_MS', ms(1000, 120_000), 15_000),
  iceTimeoutMs: key('WEIR_ICE_TIMEOUT_MS', ms(1000, 600_000), 30_000),
  handshakeTimeoutMs: key('WEIR_HANDSHAKE_TIMEOUT_MS', ms(1000, 120_000), 10_000),
  handshakeConcurrency: key('WEIR_HANDSHAKE_CONCURRENCY', whole(1, 4096), 256),
  certificateLifetimeHours: key('WEIR_CERTIFICATE_LIFETIME_HOURS', whole(1, 8760, ' hours'), 720),
  handshakesPerSecond: key('WEIR_HANDSHAKES_PER_SECOND', whole(1, 100_000), 600),
  viewersPerWorker: optionalKey('WEIR_VIEWERS_PER_WORKER', whole(1, 1_000_000)),
  egress: key('WEIR_EGRESS', oneOf('auto', 'js', 'ffi'), 'auto'),
  publishMaxBps: key('WEIR_PUBLISH_MAX_BPS', whole(100_000, 1_000_000_000, ' bits a second'), 20_000_000),
  fastStartMaxBytes: key('WEIR_FAST_START_MAX_BYTES', whole(0, 100_000_000, ' bytes'), 1_500_000),
  fastStartMaxMs: key('WEIR_FAST_START_MAX_MS', ms(0, 60_000), 5000),
  sdpMaxBytes: key('WEIR_SDP_MAX_BYTES', whole(1024, 1_048_576, ' bytes'), 65_536),
  fragmentMaxBytes: key('WEIR_FRAGMENT_MAX_BYTES', whole(1024, 1_048_576, ' bytes'), 16_384),
  bodyTimeoutMs: key('WEIR_BODY_TIMEOUT_MS', ms(100, 120_000), 5000),
  sessionsMax: key('WEIR_SESSIONS_MAX', whole(1, 1_000_000), 5000),
  sessionsPerAddress: key('WEIR_SESSIONS_PER_ADDRESS', whole(1, 1_000_000), 200),
  unconnectedPerAddress: key('WEIR_UNCONNECTED_PER_ADDRESS', whole(1, 1_000_000), 20),
  chatSocketsPerAddress: key('WEIR_CHAT_SOCKETS_PER_ADDRESS', whole(1, 1_000_000), 200),
  chatSocketsMax: key('WEIR_CHAT_SOCKETS_MAX', whole(1, 1_000_000), 10_000),
  iceServers: secretKey(key('WEIR_ICE_SERVERS', iceServers(), [])),
  allowInsecureKeys: key('WEIR_ALLOW_INSECURE_KEYS', onOff(), false),
  trustedProxies: key('WEIR_TRUSTED_PROXIES', listOf(network, 'IP addresses or networks such as 10.0.0.0/8'), []),
  allowedOrigins: key('WEIR_ALLOWED_ORIGINS', listOf(origin, '* or origins such as https://example.net'), ['*']),
  tlsCert: optionalKey('WEIR_TLS_CERT', text(/^.+$/, 'the path of a certificate chain in PEM')),
  tlsKey: optionalKey('WEIR_TLS_KEY', text(/^.+$/, 'the path of its private key in PEM')),
  programs: key('WEIR_PROGRAMS', oneOf('on-demand', 'always'), 'on-demand'),
  ladder: key(
    'WEIR_LADDER',
    listOf(rung, 'renditions of HLS, highest first, such as 720p:2500k,480p:1200k,360p:600k'),
    ['720p:2500k', '480p:1200k', '360p:600k'],
  ),
  hlsProfile: key('WEIR_HLS_PROFILE', oneOf('low-latency', 'robust'), 'low-latency'),
  hlsPartMs: optionalKey('WEIR_HLS_PART_MS', ms(100, 2000)),
  dvrSeconds: key('WEIR_DVR_SECONDS', whole(0, 86_400, ' seconds'), 7200),
  recordingsKeepLocal: key('WEIR_RECORDINGS_KEEP_LOCAL', onOff(), true),
  heldMax: key('WEIR_HLS_HELD_MAX', whole(1, 1_000_000), 20_000),
  heldPerAddress: key('WEIR_HLS_HELD_PER_ADDRESS', whole(1, 1_000_000), 6000),
  recordingsMaxBytes: optionalKey('WEIR_RECORDINGS_MAX_BYTES', whole(1_000_000, 1e15, ' bytes')),
  recordingsMaxDays: optionalKey('WEIR_RECORDINGS_MAX_DAYS', whole(1, 36_500, ' days')),
  s3Endpoint: optionalKey(
    'WEIR_S3_ENDPOINT',
    text(/^https?:\/\/[^/\s]+\/?$/, 'an address such as https://s3.example.net'),
  ),
  s3Bucket: optionalKey('WEIR_S3_BUCKET', text(/^[a-z0-9.-]{3,63}$/, 'the name of a bucket')),
  s3Region: key('WEIR_S3_REGION', text(/^[a-z0-9-]{1,64}$/, 'a region such as eu-central-1'), 'us-east-1'),
  s3AccessKey: secretKey(optionalKey('WEIR_S3_ACCESS_KEY', secret)),
  s3SecretKey: secretKey(optionalKey('WEIR_S3_SECRET_KEY', secret)),
  logLevel: key('WEIR_LOG_LEVEL', oneOf('debug', 'info', 'warn', 'error', 'silent'), 'info'),
  ffmpegPath: optionalKey('FFMPEG_PATH', text(/^.+$/, 'the path of an ffmpeg')),
};

/** Keys that are of use only together. */
export const configGroups = [
  ['tlsCert', 'tlsKey'],
  ['s3Endpoint', 's3Bucket', 's3AccessKey', 's3SecretKey'],
] as const satisfies readonly (readonly (keyof typeof configKeys)[])[];

type Keys = typeof configKeys;

/** The configuration of the server. */
export type Config = { readonly [Name in keyof Keys]: Keys[Name] extends ConfigKey<infer Value> ? Value : never };

/** The schema of the whole configuration. */
export const configSchema = z.strictObject(
  Object.fromEntries(Object.entries(configKeys).map(([name, { schema }]) => [name, schema])),
) as unknown as z.ZodType<Config>;
