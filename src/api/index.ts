/** RavenDB's certificates API, typed: one function an endpoint. For browsers, Node and workers; nothing else of the console comes along. */
export * from './capabilities.ts';
export * from './certificates.ts';
export { type RavenApi } from './client.ts';
export { noAnswer, RavenError, unexpectedAnswer } from './errors.ts';
export * from './history.ts';
export * from './server-certificate.ts';
export * from './server.ts';
export * from './two-factor.ts';
export type * from './types.ts';
