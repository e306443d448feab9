/** One page of a list. */
export interface Page<Item> {
  data: Item[];
  /** Items in all; a lower bound when `totalIsExact` is false. */
  total: number;
  totalIsExact?: boolean;
  limit: number;
  nextCursor?: string | null;
}

/** A list that is read page by page as it is walked through. Nothing is asked for before that. */
export class Pages<Item> implements AsyncIterable<Item> {
  /** `read` gets the page that begins at a cursor, the first one without. */
  constructor(private readonly read: (cursor: string | undefined) => Promise<Page<Item>>) {}

  /** The first page alone, with its total. */
  first(): Promise<Page<Item>> {
    return this.read(undefined);
  }

  /** Page by page. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.read(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Item by item. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { data } of this.pages()) yield* data;
  }

  /** The first `most` items as a list. */
  async toArray(most = Infinity): Promise<Item[]> {
    const items: Item[] = [];
    for await (const { data } of this.pages()) {
      items.push(...data.slice(0, most - items.length));
      if (items.length >= most) break;
    }
    return items;
  }
}
