import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@weir/store';

/** Gives every module the database, and closes it last. */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  readonly #database: Database;

  static forRoot(database: Database): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }

  constructor(database: Database) {
    this.#database = database;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#database.close();
  }
}
