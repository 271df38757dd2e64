/** Status of an answer by the full .NET name of the exception's type (RavenDB maps in this way; everything else is 500). */
const statusByType: ReadonlyMap<string, number> = new Map([
  ['Raven.Client.Exceptions.Routing.RouteNotFoundException', 400],
  ['Raven.Client.Exceptions.BadRequestException', 400],
  ['Raven.Client.Exceptions.Commercial.LicenseLimitException', 402],
  ['Raven.Client.Exceptions.Security.AuthorizationException', 403],
  ['System.TimeoutException', 408],
  ['Raven.Client.Exceptions.ConcurrencyException', 409],
  ['Raven.Server.Rachis.RachisConcurrencyException', 409],
  ['System.OutOfMemoryException', 503],
  ['Sparrow.Server.Exceptions.DiskFullException', 503],
  ['Voron.Exceptions.VoronUnrecoverableErrorException', 503],
  ['Raven.Client.Exceptions.Database.DatabaseDisabledException', 503],
]);

/** Characters of a message: many quote what was sent, which may be a whole body. */
const longestMessage = 16 * 1024;

/** What a handler throws to answer with RavenDB's error envelope: `Url`, `Type`, `Message`, `Error`. */
export class RavenException extends Error {
  readonly type: string;
  readonly status: number;
  /** The exception that led to this one; it shows in `Error` only, as in RavenDB. */
  readonly inner: RavenException | undefined;
  /** More fields of the envelope. */
  readonly details: Readonly<Record<string, string | null>>;

  /** @param type full .NET name; it decides the status. */
  constructor(type: string, message: string, inner?: RavenException, details: RavenException['details'] = {}) {
    super(message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message);
    this.name = 'RavenException';
    this.type = type;
    this.inner = inner;
    this.details = details;
    this.status = statusByType.get(type) ?? 500;
  }

  /** The text of the field `Error`: the type and message of this exception and of those that led to it. */
  describe(): string {
    const own = `${this.type}: ${this.message}`;
    return this.inner === undefined ? own : `${own}\n ---> ${this.inner.describe()}`;
  }
}

const argument = 'System.ArgumentException';
const invalidOperation = 'System.InvalidOperationException';

export const argumentError = (message: string, inner?: RavenException) => new RavenException(argument, message, inner);
export const invalidOperationError = (message: string, inner?: RavenException) =>
  new RavenException(invalidOperation, message, inner);
export const formatError = (message: string, inner?: RavenException) =>
  new RavenException('System.FormatException', message, inner);
export const cryptographicError = (message: string) =>
  new RavenException('System.Security.Cryptography.CryptographicException', message);
export const nullReferenceError = () =>
  new RavenException('System.NullReferenceException', 'Object reference not set to an instance of an object.');
export const licenceError = (message: string) =>
  new RavenException('Raven.Client.Exceptions.Commercial.LicenseLimitException', message);
export const badRequestError = (message: string) =>
  new RavenException('Raven.Client.Exceptions.BadRequestException', message);
/** What RavenDB can and this server can't: a sentence that says so. */
export const notSupportedError = (message: string) => new RavenException('System.NotSupportedException', message);
export const passiveError = (command: string) =>
  new RavenException(
    'System.NotSupportedException',
    `Cannot send command ${command} to the cluster because this node is passive. ` +
      'Passive nodes are not members of a cluster: an admin action, such as registering a certificate, makes this node a cluster of its own.',
  );
