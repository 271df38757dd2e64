/**
 * Every limit that the node sets on what it is sent, in one place (README, "How far it can be trusted", names them).
 * Sizes are bytes, times milliseconds.
 */
export const limits = {
  /** A request body; a longer one gets 413 and the connection is closed. A map of 100,000 permissions takes about 3 MB. */
  bodyBytes: 32 * 1024 * 1024,
  /** A body on the routes that anybody may call without being known. */
  strangerBodyBytes: 64 * 1024,
  /** What is read on of a body that no longer matters, since its request was refused; then the connection is cut. */
  discardedBytes: 1024 * 1024,
  /** What the values of a JSON body take in memory; more gets 413. About 1.3 million numbers. */
  jsonBytes: 96 * 1024 * 1024,
  /**
   * What all requests hold at the same time: their bodies, the values in them, answers that wait to be taken. While it is reached, those
   * that stand still are cut off, more bodies get 503 and more answers wait.
   */
  heldBytes: 256 * 1024 * 1024,
  heldBytesPerConnection: 160 * 1024 * 1024,
  /** The same for bodies on the routes that anybody may call. */
  strangersHeldBytes: 16 * 1024 * 1024,
  strangersHeldBytesPerConnection: 256 * 1024,
  /** All header fields of a request; more gets 431 (HTTP/1.1) or a refused stream (HTTP/2). */
  headerBytes: 32 * 1024,
  /** Nesting of a JSON body. The reader doesn't recurse, so that this is about memory only. */
  jsonDepth: 10_000,
  /** Nesting of a document that is kept. */
  keptDepth: 1_000,
  /** From the connection to the end of the TLS handshake. */
  handshakeMs: 10_000,
  /** From the first byte of a request to the end of its header. */
  headersMs: 15_000,
  /** From the first byte of a request to the end of its body. */
  requestMs: 120_000,
  /** An idle HTTP/1.1 connection between two requests. */
  keepAliveMs: 60_000,
  /** An HTTP/2 connection without a stream, or a socket that neither sends nor takes anything. */
  idleMs: 180_000,
  /** Open connections: for more those give way that are least known, in the end the new ones. */
  connections: 4_096,
  connectionsPerAddress: 1_024,
  /** Requests at once on one HTTP/2 connection. */
  streamsPerConnection: 100,
  /** Certificates that aren't registered whose last use is noted. */
  strangersNoted: 100,
  /** Reads at once on one connection; more wait until answers were taken. */
  readsPerConnection: 16,
  /** Bytes handed to a socket in one piece: an answer that nobody takes holds two of them. */
  chunkBytes: 64 * 1024,
  /** A certificate's name: RavenDB makes no file of a longer one. */
  nameBytes: 65_531,
  /** The file name of an answer, escaped; a longer one is cut, since clients take headers of a few kilobytes only. */
  fileNameBytes: 4_096,
  /** Rounds of key derivation that one .pfx may ask for; Firefox and GnuTLS write three times 600,000. */
  derivationRounds: 5_000_000,
  /** Web sockets that watch the server at the same time; what one may send at once, and what may wait to be taken by one. */
  watches: 256,
  watchMessageBytes: 64 * 1024,
  watchHeldBytes: 256 * 1024,
  /** A set of certificates in one upload. */
  certificatesPerUpload: 64,
} as const;
