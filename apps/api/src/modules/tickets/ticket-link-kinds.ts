/** What another ticket can be to this one. */
export const LINK_KINDS = [
  'related',
  'duplicate',
  'parent',
  'child',
  'blocks',
  'blocked_by',
] as const;

export type LinkKind = (typeof LINK_KINDS)[number];

/** A link as it is stored: `parent` and `blocks` go from one to the other, the others stand once, from the lesser id. */
export interface StoredLink {
  kind: string;
  fromId: string;
  toId: string;
}

/** The link by which `other` is `kind` to `ticket`. */
export function storedLink(ticket: string, kind: LinkKind, other: string): StoredLink {
  switch (kind) {
    case 'parent':
      return { kind: 'parent', fromId: other, toId: ticket };
    case 'child':
      return { kind: 'parent', fromId: ticket, toId: other };
    case 'blocks':
      return { kind: 'blocks', fromId: ticket, toId: other };
    case 'blocked_by':
      return { kind: 'blocks', fromId: other, toId: ticket };
    default:
      return ticket < other
        ? { kind, fromId: ticket, toId: other }
        : { kind, fromId: other, toId: ticket };
  }
}

/** What the other end of a stored link is to `ticket`. */
export function kindSeenFrom(ticket: string, { kind, fromId }: StoredLink): LinkKind {
  if (kind === 'parent') return fromId === ticket ? 'child' : 'parent';
  if (kind === 'blocks') return fromId === ticket ? 'blocks' : 'blocked_by';
  return kind as LinkKind;
}
