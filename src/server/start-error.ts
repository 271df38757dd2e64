/** Why a node can't start, in one sentence for the person who started it. Nothing was changed when it is thrown. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
