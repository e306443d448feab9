import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { FieldSubject, FieldValue, FieldValues } from './field-terms.js';
import { checkValues, isEmpty, type FieldDefinition } from './field-values.js';

// Rooms that keep such values know them by these names.
export type { FieldSubject, FieldValue, FieldValues };

const definitionSelect = {
  key: true,
  kind: true,
  options: true,
  requiredOnSolve: true,
  archivedAt: true,
} as const;

/** What the other rooms ask of custom fields. Making and changing them is in `field-settings.service.ts`. */
@Injectable()
export class Fields {
  constructor(private readonly db: TenantDb) {}

  /**
   * Checks the values that somebody wants to set, by their keys, inside `tx` when one is under way. Gives them as they
   * are stored, null for those that are to be removed. Throws {@link ValidationFailed}, each problem under `fields.<key>`.
   */
  async validate(
    subject: FieldSubject,
    values: Record<string, unknown>,
    tx?: TenantClient,
  ): Promise<Record<string, FieldValue | null>> {
    if (Object.keys(values).length === 0) return {};
    const { clean, problems } = checkValues(await this.definitions(subject, tx), values);
    if (problems.length > 0) throw new ValidationFailed(problems);
    return clean;
  }

  /** Which fields a ticket with these values still lacks before it may be solved or closed, by their keys. */
  async missingOnSolve(values: FieldValues, tx?: TenantClient): Promise<string[]> {
    const required = (await this.definitions('ticket', tx)).filter(
      ({ requiredOnSolve, archivedAt }) => requiredOnSolve && archivedAt === null,
    );
    return required.map(({ key }) => key).filter((key) => isEmpty(values[key]));
  }

  /** All fields of a subject, archived ones too, as values are checked against them. */
  definitions(subject: FieldSubject, tx?: TenantClient): Promise<FieldDefinition[]> {
    return (tx ?? this.db.client).customField.findMany({
      where: { subject },
      select: definitionSelect,
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    });
  }
}

/** The values that result when `changes` are made to `before`: null removes. */
export function mergedValues(
  before: FieldValues,
  changes: Record<string, FieldValue | null>,
): FieldValues {
  const merged: Record<string, FieldValue | null> = { ...before, ...changes };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  );
}
