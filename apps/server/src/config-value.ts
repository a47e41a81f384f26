import { AddressSet } from '@weir/auth';
import { z } from 'zod';

/** What a key may be: a schema that takes both the text of an environment variable and the value of a YAML file. */
export interface ConfigValue<Value> {
  readonly schema: z.ZodType<Value>;
  /** For people, after "allowed:". */
  readonly allowed: string;
}

/** One key of the configuration. */
export interface ConfigKey<Value> extends ConfigValue<Value> {
  /** Its name in the environment. */
  readonly name: string;
  /** Its value is never printed. */
  readonly secret: boolean;
}

/** A key that has a value when it is left out. */
export function key<Value>(name: string, value: ConfigValue<Value>, fallback: Value): ConfigKey<Value> {
  return {
    name,
    schema: z.union([z.undefined().transform(() => fallback), value.schema]),
    allowed: value.allowed,
    secret: false,
  };
}

/** A key that may be left out. */
export function optionalKey<Value>(name: string, value: ConfigValue<Value>): ConfigKey<Value | undefined> {
  return { name, schema: value.schema.optional(), allowed: value.allowed, secret: false };
}

/** The same key, its value never printed. */
export function secretKey<Value>(open: ConfigKey<Value>): ConfigKey<Value> {
  return { ...open, secret: true };
}

/** A whole number within bounds. */
export function whole(first: number, last: number, unit = ''): ConfigValue<number> {
  const digits = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number);
  return {
    schema: z.union([z.number(), digits]).pipe(z.int().min(first).max(last)),
    allowed: `a whole number from ${first} to ${last}${unit}`,
  };
}

/** `on` or `off`, or a YAML boolean. */
export function onOff(): ConfigValue<boolean> {
  const words = z.enum(['on', 'off', 'true', 'false']).transform((word) => word === 'on' || word === 'true');
  return { schema: z.union([z.boolean(), words]), allowed: 'on or off' };
}

/** One of some words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): ConfigValue<Word> {
  return { schema: z.enum(words), allowed: words.join(', ') };
}

/** A text that matches. */
export function text(pattern: RegExp, allowed: string): ConfigValue<string> {
  return { schema: z.string().regex(pattern), allowed };
}

/** A list: a YAML list, or entries set apart by commas. */
export function listOf(entry: z.ZodType<string, string>, allowed: string): ConfigValue<readonly string[]> {
  const commas = z.string().transform((line) =>
    line
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
  return { schema: z.union([z.array(z.string()), commas]).pipe(z.array(entry)), allowed };
}

/** Addresses and networks that an AddressSet takes. */
export const network = z.string().refine((entry) => {
  try {
    return new AddressSet([entry]) instanceof AddressSet;
  } catch {
    return false;
  }
});

const iceServer = z.strictObject({
  urls: z
    .union([z.string().transform((url) => [url]), z.array(z.string())])
    .pipe(z.array(z.string().regex(/^(stun|turn)s?:[A-Za-z0-9.:[\]?=_-]+$/)).min(1)),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** A STUN or TURN server as `RTCConfiguration` has it. */
export interface ConfiguredIceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** STUN and TURN servers: a YAML list, or the same as JSON. */
export function iceServers(): ConfigValue<readonly ConfiguredIceServer[]> {
  const json = z.string().transform((value, context): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' });
      return z.NEVER;
    }
  });
  return {
    schema: z.union([json, z.array(z.unknown())]).pipe(z.array(iceServer.transform(withoutUndefined))),
    allowed: 'a list such as [{"urls":"turn:turn.example.net:3478","username":"u","credential":"p"}]',
  };
}

function withoutUndefined(server: z.infer<typeof iceServer>): ConfiguredIceServer {
  const { urls, username, credential } = server;
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
