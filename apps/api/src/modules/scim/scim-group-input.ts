import { isId } from '#core/context/ids.js';
import type { PatchStep } from './scim-patch.js';
import { asList, asObject, asText, attribute } from './scim-values.js';
import { ScimInvalid } from './scim.exceptions.js';

const LONGEST = 254;
const ONE_MEMBER = /^\s*value\s+eq\s+"([^"]*)"\s*$/i;

/** A whole group, as POST and PUT send one. */
export interface WholeGroup {
  displayName: string;
  externalId: string | null;
  members: string[];
}

/** What a directory wants of a group; undefined is not said. */
export interface GroupChange {
  displayName?: string;
  externalId?: string | null;
  /** What its members become, given what they are. */
  members?: (now: Set<string>) => Set<string>;
}

/** Reads a whole group. Throws {@link ScimInvalid}. */
export function readGroup(body: unknown): WholeGroup {
  const group = asObject(body, 'The body');
  return {
    displayName: asDisplayName(attribute(group, 'displayName')),
    externalId: asText(attribute(group, 'externalId') ?? null, 'externalId', LONGEST),
    members: readMembers(attribute(group, 'members')),
  };
}

/** Reads the steps of a PATCH. Those for attributes that we do not keep are passed over. */
export function readGroupPatch(steps: PatchStep[]): GroupChange {
  const change: GroupChange = {};
  for (const step of steps) {
    if (step.attribute === 'displayname') change.displayName = asDisplayName(step.value);
    else if (step.attribute === 'externalid')
      change.externalId =
        step.op === 'remove' ? null : asText(step.value ?? null, 'externalId', LONGEST);
    else if (step.attribute === 'members') {
      const before = change.members;
      const next = memberStep(step);
      change.members = (now) => next(before ? before(now) : now);
    }
  }
  return change;
}

function memberStep(step: PatchStep): (now: Set<string>) => Set<string> {
  const named = step.filter === null ? null : oneMember(step.filter);
  if (named !== null) {
    if (step.op !== 'remove')
      throw new ScimInvalid('invalidPath', 'A member is named by a filter to be removed only.');
    return (now) => without(now, [named]);
  }
  const given = readMembers(step.value);
  if (step.op === 'replace') return () => new Set(given);
  if (step.op === 'add') return (now) => new Set([...now, ...given]);
  // Entra ID names those to be removed in the value; without any, all are.
  return (now) => (given.length === 0 ? new Set() : without(now, given));
}

function oneMember(filter: string): string {
  const match = ONE_MEMBER.exec(filter);
  if (!match)
    throw new ScimInvalid('invalidPath', 'Members are named as in members[value eq "…"].');
  return match[1]!;
}

function without(now: Set<string>, ids: string[]): Set<string> {
  const gone = new Set(ids);
  return new Set([...now].filter((id) => !gone.has(id)));
}

function readMembers(value: unknown): string[] {
  const ids = asList(value, 'members').map((member) => {
    const id =
      typeof member === 'string' ? member : attribute(asObject(member, 'A member'), 'value');
    if (isId(id)) return id;
    throw new ScimInvalid(
      'invalidValue',
      'A member is named by the id of a user: {"value": "<id>"}.',
    );
  });
  return [...new Set(ids)];
}

function asDisplayName(value: unknown): string {
  const text = asText(value ?? null, 'displayName', LONGEST);
  if (text === null) throw new ScimInvalid('invalidValue', 'displayName is needed.');
  return text;
}
