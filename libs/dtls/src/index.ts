export { createCertificate } from './certificate.js';
export type { Certificate } from './certificate.js';
export { fingerprintOf, matchesFingerprint } from './fingerprint.js';
export { HandshakeDesk } from './handshake-desk.js';
export type { HandshakeDeskOptions } from './handshake-desk.js';
export { HandshakeEndpoint } from './handshake-endpoint.js';
export type { HandshakeEvents, HandshakeEndpointOptions } from './handshake-endpoint.js';
export type {
  DtlsRole,
  Fingerprint,
  HandshakeReport,
  HandshakeRequest,
  SrtpKeyMaterial,
  SrtpProfile,
} from './handshake-protocol.js';
export { HandshakeWorker } from './handshake-worker.js';
export type { HandshakeWorkerOptions } from './handshake-worker.js';
export { filterRecords } from './record-filter.js';
export { ContentType, readRecords, writeRecord } from './record.js';
export type { DtlsRecord } from './record.js';
