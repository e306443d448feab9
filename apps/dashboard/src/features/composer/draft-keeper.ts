import { call } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import type { Attachment } from '../tickets/ticket-types.js';

export type DraftKind = 'reply' | 'note';

/** Everything that is written and not yet sent. */
export interface DraftContent {
  html: string;
  /** Null while nobody has thought of it: those of the ticket then. */
  cc: string[] | null;
  bcc: string[];
  /** The ids of the people who were named, whether or not their names still stand in it. */
  mentions: string[];
  attachments: Attachment[];
}

/** A draft as the API tells it. */
export interface ServerDraft extends DraftContent {
  kind: DraftKind;
  version: number;
  updatedAt: string;
}

export interface DraftState {
  content: DraftContent;
  /** The version on the server that this one goes on from; null when there is none. */
  version: number | null;
  /** Not yet on the server. */
  dirty: boolean;
  saved: 'no' | 'here' | 'everywhere';
  /** Somebody's other device wrote something else at the same time. */
  conflict: ServerDraft | null;
  /** Grows whenever the content came from elsewhere than the editor. */
  revision: number;
}

const nothing: DraftContent = { html: '', cc: null, bcc: [], mentions: [], attachments: [] };
const saveMs = 900;
const retryMs = 8_000;

const isEmpty = ({ html, attachments }: DraftContent) => html === '' && attachments.length === 0;
/** The server writes the same HTML a little differently. */
const bare = (html: string) =>
  html.replaceAll(/\s(?:rel|target|class)="[^"]*"/g, '').replaceAll(/\s*\/>/g, '>');
const sameContent = (one: DraftContent, other: DraftContent) =>
  bare(one.html) === bare(other.html) &&
  (one.cc ?? []).join() === (other.cc ?? []).join() &&
  one.bcc.join() === other.bcc.join() &&
  one.mentions.join() === other.mentions.join() &&
  one.attachments.map(({ id }) => id).join() === other.attachments.map(({ id }) => id).join();

/**
 * Keeps one draft of one person: in this browser with every letter, on the server a moment later. It lives on when the
 * page of the ticket is left, so that the last letters arrive too. Versions tell when another device wrote meanwhile.
 */
export class DraftKeeper {
  #state: DraftState;
  #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  readonly #key: string;
  readonly #path: string;

  constructor(
    owner: string,
    readonly ticketId: string,
    readonly kind: DraftKind,
  ) {
    this.#key = `manydesk.draft.${owner}.${ticketId}.${kind}`;
    this.#path = `/tickets/${ticketId}/drafts/${kind}`;
    this.#state = { ...this.#readHere(), saved: 'no', conflict: null, revision: 0 };
    window.addEventListener('storage', (event) => {
      if (event.key === this.#key) this.#otherTab();
    });
    window.addEventListener('online', () => this.#state.dirty && this.#later(0));
  }

  get state(): DraftState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes what was typed, or chosen beside it; `outside` when the editor does not know of it yet. */
  change(part: Partial<DraftContent>, outside = false): void {
    const content = { ...this.#state.content, ...part };
    if (!outside && sameContent(content, this.#state.content)) return;
    this.#set({
      content,
      dirty: true,
      saved: 'here',
      revision: this.#state.revision + (outside ? 1 : 0),
    });
    this.#writeHere();
    this.#later(saveMs);
  }

  /** What the server has, read when the ticket was opened or when one came back to the page. */
  load(server: ServerDraft | null): void {
    // A ticket that is opened again may be told of an older draft than the one that is being saved.
    if (this.#saving || this.#state.conflict) return;
    const { dirty, version, content } = this.#state;
    if (!dirty) {
      if (server && server.version !== version) this.#adopt(server);
      else if (!server && version !== null) this.#clear();
      else if (server) this.#set({ saved: 'everywhere' });
      return;
    }
    if (!server || server.version === version) {
      this.#set({ version: server?.version ?? null });
      this.#later(0);
    } else if (sameContent(server, content)) {
      this.#set({ version: server.version, dirty: false, saved: 'everywhere' });
    } else this.#set({ conflict: server });
  }

  /** Ends the question which of two versions stays. */
  resolve(choice: 'mine' | 'theirs'): void {
    const { conflict } = this.#state;
    if (!conflict) return;
    if (choice === 'theirs') return this.#adopt(conflict);
    this.#set({ conflict: null, version: conflict.version, dirty: true });
    this.#later(0);
  }

  /** Waits until nothing is on its way to the server; what comes later is not sent before `resume` or `sent`. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#saving;
  }

  /** The message was not sent: the draft is as dear as before. */
  resume(): void {
    if (this.#state.dirty) this.#later(saveMs);
  }

  /** The message was sent, and the server has thrown the draft away with it. */
  sent(): void {
    this.#clear();
  }

  #set(part: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  #adopt(server: ServerDraft): void {
    const { html, cc, bcc, mentions, attachments } = server;
    this.#set({
      content: { html, cc, bcc, mentions, attachments },
      version: server.version,
      dirty: false,
      saved: 'everywhere',
      conflict: null,
      revision: this.#state.revision + 1,
    });
    this.#writeHere();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#set({
      content: nothing,
      version: null,
      dirty: false,
      saved: 'no',
      conflict: null,
      revision: this.#state.revision + 1,
    });
    this.#writeHere();
  }

  #later(ms: number): void {
    // Not put off by each letter: while one types, it is saved about once a second.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#save();
    }, ms);
  }

  async #save(): Promise<void> {
    if (this.#saving) {
      await this.#saving;
      return this.#later(saveMs);
    }
    if (!this.#state.dirty || this.#state.conflict) return;
    this.#saving = this.#put().finally(() => {
      this.#saving = null;
    });
    await this.#saving;
  }

  async #put(): Promise<void> {
    const { content, version } = this.#state;
    // Zero says "there is none": if there is one after all, another window has begun it.
    const ifMatch = `"${version ?? 0}"`;
    try {
      if (isEmpty(content)) {
        if (version !== null) await call('DELETE', this.#path);
        this.#set({ version: null });
      } else {
        const { cc, bcc, html } = content;
        const body = {
          html,
          ...(this.kind === 'reply' ? { ...(cc && { cc }), bcc } : { mentions: content.mentions }),
          attachmentIds: content.attachments.map(({ id }) => id),
        };
        const { data } = await call<{ data: ServerDraft }>('PUT', this.#path, { body, ifMatch });
        this.#set({ version: data.version });
      }
    } catch (error) {
      return this.#failed(error);
    }
    const more = this.#state.content !== content;
    this.#set({ dirty: more, saved: more ? 'here' : isEmpty(content) ? 'no' : 'everywhere' });
    this.#writeHere();
    if (more) this.#later(saveMs);
  }

  async #failed(error: unknown): Promise<void> {
    const { status } = error instanceof ApiError ? error : { status: 0 };
    if (status === 412 || status === 404) {
      const server = await this.read().catch(() => undefined);
      if (server === undefined) return;
      if (server && !sameContent(server, this.#state.content)) {
        this.#set({ conflict: server });
        return;
      }
      // It was thrown away elsewhere, or says the same: these words go on from there.
      const before = this.#state.version;
      this.#set({ version: server?.version ?? null });
      if (before !== this.#state.version) this.#later(saveMs);
      return;
    }
    // The words are safe in this browser; the server gets them when it can be reached.
    if (status === 0 || status >= 500 || status === 429) this.#later(retryMs);
  }

  /** What the server has of it now. */
  async read(): Promise<ServerDraft | null> {
    const { data } = await call<{ data: ServerDraft[] }>('GET', `/tickets/${this.ticketId}/drafts`);
    return data.find(({ kind }) => kind === this.kind) ?? null;
  }

  #otherTab(): void {
    const { dirty, conflict } = this.#state;
    // Nothing is put into a composer that somebody is writing in.
    if (dirty || conflict || document.activeElement?.closest('[data-composer]')) return;
    const here = this.#readHere();
    this.#set({
      ...here,
      dirty: false,
      saved: here.version === null ? 'here' : 'everywhere',
      revision: this.#state.revision + 1,
    });
  }

  #readHere(): Pick<DraftState, 'content' | 'version' | 'dirty'> {
    try {
      const found = JSON.parse(localStorage.getItem(this.#key) ?? '{}') as Partial<
        DraftContent & { version: number | null; dirty: boolean }
      >;
      const { version = null, dirty = false, ...content } = found;
      return { content: { ...nothing, ...content }, version, dirty };
    } catch {
      return { content: nothing, version: null, dirty: false };
    }
  }

  #writeHere(): void {
    const { content, version, dirty } = this.#state;
    try {
      if (isEmpty(content) && !dirty) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify({ ...content, version, dirty }));
    } catch {
      // The storage is full or closed: the words are still on the screen and on their way.
    }
  }
}
