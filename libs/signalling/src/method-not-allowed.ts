/** Thrown when a URL exists but does not take the request's method. */
export class MethodNotAllowed extends Error {
  /** The methods that it takes. */
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super(`This URL takes ${allowed.join(', ')}.`);
    this.name = 'MethodNotAllowed';
    this.allowed = allowed;
  }
}
