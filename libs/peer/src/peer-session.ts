import { randomBytes, randomInt } from 'node:crypto';
import { createCertificate } from '@weir/dtls';
import type { Certificate, SrtpProfile } from '@weir/dtls';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES } from '@weir/ice';
import type { IceAddress } from '@weir/ice';
import { AnswerUnusable, parseFragment, readAnswer, writeOffer } from '@weir/whip';
import type { Answer, OfferedSection, Setup } from '@weir/whip';
import { HttpSession } from './http-session.js';
import { Peer } from './peer.js';
import type { PeerEvents } from './peer.js';

/** What publishing and playing have in common. */
export interface PeerSessionOptions {
  /** Bearer token. */
  readonly token?: string;
  /** `Cookie` header of the offer, as of a browser. */
  readonly cookie?: string;
  /** Default: a new one for each session; one for all saves time where there are hundreds. */
  readonly certificate?: Certificate;
  /** What the offer says about the DTLS role; default `actpass`. */
  readonly setup?: Setup;
  /** Best first; default 7, 1. */
  readonly srtpProfiles?: readonly SrtpProfile[];
  /** False makes the peer neither send nor answer STUN once it is connected; default true. */
  readonly keepsConsent?: boolean;
  /** Milliseconds for ICE, and then again for DTLS; default 10000. */
  readonly connectTimeoutMs?: number;
  /** Local address; default any. */
  readonly address?: string;
  /** Turns the server's candidates into the addresses to use instead, for instance those of a proxy. */
  readonly route?: (candidates: readonly IceAddress[]) => readonly IceAddress[];
  readonly events?: PeerEvents;
}

/** A connected session: its HTTP side and its peer. */
export class PeerSession {
  readonly peer: Peer;
  readonly answer: Answer;
  readonly #http: HttpSession;

  constructor(http: HttpSession, answer: Answer, peer: Peer) {
    this.#http = http;
    this.answer = answer;
    this.peer = peer;
  }

  /** Absolute. */
  get sessionUrl(): string {
    return this.#http.url;
  }

  /** Entity tag of the current ICE generation; undefined when the server gave none. */
  get etag(): string | undefined {
    return this.#http.entityTag;
  }

  /** Changes both sides' ICE credentials by PATCH while media goes on; resolves when the new ones are in use. */
  async restartIce(): Promise<void> {
    const local = createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
    const fragment = await this.#http.restart(`a=ice-ufrag:${local.ufrag}\r\na=ice-pwd:${local.pwd}\r\n`);
    const { credentials } = parseFragment(fragment);
    if (credentials === undefined) throw new AnswerUnusable('The fragment has no ICE credentials.');
    await this.peer.restartIce(local, credentials);
  }

  /** Deletes the session and closes the peer; idempotent. */
  async stop(): Promise<void> {
    try {
      await this.#http.delete();
    } finally {
      this.peer.close();
    }
  }
}

/** Posts an offer of these sections and connects to what is answered; leaves no session behind when that fails. */
export async function openSession(
  endpoint: string,
  sections: readonly OfferedSection[],
  options: PeerSessionOptions,
): Promise<ConstructorParameters<typeof PeerSession>> {
  const { token, cookie, setup = 'actpass', route = (candidates) => candidates } = options;
  const { srtpProfiles, keepsConsent, connectTimeoutMs, address, events } = options;
  const certificate = options.certificate ?? (await createCertificate());
  const local = createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
  const sessionId = String(randomInt(1, 2 ** 47));
  const offer = writeOffer({ sessionId, local, fingerprint: certificate.fingerprint, setup }, sections);
  const http = await HttpSession.open(endpoint, offer, token, cookie);
  try {
    const answer = readAnswer(http.answer);
    const peer = await Peer.connect({
      local,
      remote: answer.ice,
      candidates: route(answer.candidates.filter(({ transport }) => transport === 'udp')),
      dtlsRole: answer.dtlsRole,
      certificate,
      fingerprints: answer.fingerprints,
      ...(srtpProfiles === undefined ? {} : { srtpProfiles }),
      ...(keepsConsent === undefined ? {} : { keepsConsent }),
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      ...(address === undefined ? {} : { address }),
      ...(events === undefined ? {} : { events }),
    });
    return [http, answer, peer];
  } catch (error) {
    await http.delete().catch(() => {});
    throw error;
  }
}
