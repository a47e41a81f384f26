/** An offer that cannot be answered; the detail says what the client's user can do. */
export class OfferRejected extends Error {
  override readonly name = 'OfferRejected';
  /** HTTP status: 400 when the text is malformed, 422 when it is understood but not acceptable. */
  readonly status: 400 | 422;
  readonly detail: string;

  constructor(status: 400 | 422, detail: string) {
    super(detail);
    this.status = status;
    this.detail = detail;
  }
}
