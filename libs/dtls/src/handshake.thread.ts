import { parentPort, workerData } from 'node:worker_threads';
import { HandshakeDesk } from './handshake-desk.js';
import type { HandshakeDeskOptions } from './handshake-desk.js';
import type { DeskOrder } from './handshake-worker.js';

const desk = new HandshakeDesk(workerData as HandshakeDeskOptions);

parentPort?.on('message', (order: DeskOrder) => {
  if (order.type === 'add-certificate') desk.addCertificate(order.certificate);
  else if (order.type === 'remove-certificate') desk.removeCertificate(order.fingerprintValue);
  else if (order.type === 'attach') desk.attach(order.port);
  else {
    desk.close();
    parentPort?.close();
  }
});
