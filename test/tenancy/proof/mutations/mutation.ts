/** A lock, as the design counts them; `rights` is what the third stands on: roles, grants, functions. */
export type Lock = 'guard' | 'extension' | 'policies' | 'keys' | 'rights' | 'proof';

/** A part of the proof that turns red. */
export type Notice =
  | 'catalog'
  | 'bare'
  | 'handle'
  | 'credentials'
  | 'names'
  | 'cases'
  | 'rows'
  | 'realms'
  | 'support'
  | 'archives';

/** One lock taken away, and how to put it back. */
export interface Mutation {
  name: string;
  lock: Lock;
  /** The table that it is about. */
  table?: string;
  /** The foreign key that it is about. */
  key?: string;
  /**
   * What the attacks must notice, besides the catalog: `bare`, those by bare Prisma on the tenant pool; `handle`,
   * those by the tenant handle where there is no row level security; `credentials` and `names`, those over HTTP;
   * `realms`, `support` and `archives`, those of part 4; `rows`, the sums over the rows of the other.
   */
  noticedBy: Notice[];
  /** How it is attacked with the lock missing, to show that the others hold. */
  attackedBy?: 'handle' | 'reference' | 'routes';
  apply(): Promise<void> | void;
  undo(): Promise<void> | void;
}
