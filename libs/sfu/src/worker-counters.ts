/** What a media worker counts; read once a second. */
export class WorkerCounters {
  packetsReceived = 0;
  bytesReceived = 0;
  nacksReceived = 0;
  nacksSent = 0;
  retransmissions = 0;
  keyFrameRequestsReceived = 0;
  keyFrameRequestsSent = 0;
  /** Datagrams dropped because nobody proved to be their sender. */
  unauthenticated = 0;
}
