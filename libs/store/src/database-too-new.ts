/** Thrown when the data was written by a newer Weir than this one. */
export class DatabaseTooNew extends Error {
  constructor(found: number, known: number) {
    super(`The database has schema ${found}, this version of Weir knows ${known}: start the newer Weir again.`);
    this.name = 'DatabaseTooNew';
  }
}
