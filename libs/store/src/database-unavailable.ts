/** Thrown when the database cannot be reached or does not answer; `cause` tells why. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('The database does not answer: try again later.', { cause });
    this.name = 'DatabaseUnavailable';
  }
}
