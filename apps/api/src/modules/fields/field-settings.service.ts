import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { changesOf, requireSeen, type SeenVersion } from '#core/context/version.js';
import { wholePage, type Page } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { FieldDto } from './dto/field.dto.js';
import { optionsOf, type WantedOption } from './field-options.js';
import { MOST_FIELDS, type FieldKind, type FieldOption, type FieldSubject } from './field-terms.js';
import { FieldKeyTaken, FieldNotFound, TooManyFields } from './fields.exceptions.js';
import { holdField } from './fields.sql.js';
import { fieldSelect, toFieldDto, type FieldRow } from './fields.view.js';

export interface FieldChange {
  name?: string;
  description?: string;
  options?: WantedOption[];
  requiredOnSolve?: boolean;
  position?: number;
}

export interface NewField extends FieldChange {
  subject: FieldSubject;
  key: string;
  kind: FieldKind;
  name: string;
}

const UNIQUE_VIOLATION = 'P2002';

/** The custom fields of an organization, as they are made, changed and archived. They count at once: nothing is built for them. */
@Injectable()
export class FieldSettings {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** All fields in their order, the archived ones too: values are still stored under them. */
  async list(subject?: FieldSubject): Promise<Page<FieldDto>> {
    const rows = await this.db.client.customField.findMany({
      where: subject === undefined ? {} : { subject },
      select: fieldSelect,
      orderBy: [{ subject: 'desc' }, { position: 'asc' }, { id: 'asc' }],
    });
    return wholePage(rows.map(toFieldDto));
  }

  /** Makes a field. Throws {@link FieldKeyTaken}, {@link TooManyFields}, {@link ValidationFailed} for its options. */
  async create({ options = [], position, ...field }: NewField): Promise<FieldDto> {
    refuseRequired(field.subject, field.requiredOnSolve);
    const made = this.db.transaction(async (tx) => {
      const { subject } = field;
      await countAlone(tx, 'fields');
      if ((await tx.customField.count({ where: { subject, archivedAt: null } })) >= MOST_FIELDS)
        throw new TooManyFields();
      const { _max: last } = await tx.customField.aggregate({
        where: { subject },
        _max: { position: true },
      });
      const row = await tx.customField.create({
        data: {
          ...field,
          id: newId(),
          options: optionsOf(field.kind, options) as object[],
          position: position ?? (last.position ?? 0) + 1,
        },
        select: fieldSelect,
      });
      this.#record('field.created', row);
      return toFieldDto(row);
    });
    return made.catch((error: unknown) => {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new FieldKeyTaken();
      throw error;
    });
  }

  /** Changes what is given and leaves the rest. Throws {@link FieldNotFound}, EditConflict, {@link ValidationFailed}. */
  async change(id: string, wanted: FieldChange, seen: SeenVersion): Promise<FieldDto> {
    return this.db.transaction(async (tx) => {
      const before = await this.#held(tx, id);
      refuseRequired(before.subject, wanted.requiredOnSolve);
      const { options: offered, ...rest } = wanted;
      const options = offered && optionsOf(before.kind, offered, before.options as FieldOption[]);
      const change = { ...rest, ...(options && { options: options as object[] }) };
      const changes = changesOf(before, change);
      requireSeen(seen, before, change);
      if (Object.keys(changes).length === 0) return toFieldDto(before);
      const after = await this.#update(tx, before, change);
      this.#record('field.changed', after, changes);
      return toFieldDto(after);
    });
  }

  /** Archives a field: what is stored stays, nothing new comes to it. Throws {@link FieldNotFound}. */
  async archive(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const before = await this.#held(tx, id);
      if (before.archivedAt !== null) return;
      const after = await this.#update(tx, before, { archivedAt: this.clock.now() });
      this.#record('field.archived', after);
    });
  }

  async #update(
    tx: TenantClient,
    before: FieldRow,
    data: Omit<FieldChange, 'options'> & { options?: object[]; archivedAt?: Date },
  ): Promise<FieldRow> {
    const [row] = await tx.customField.updateManyAndReturn({
      where: { id: before.id },
      data: { ...data, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: fieldSelect,
    });
    return row!;
  }

  async #held(tx: TenantTransaction, id: string): Promise<FieldRow> {
    await tx.sql(holdField, [id]);
    const row = await tx.customField.findFirst({ where: { id }, select: fieldSelect });
    if (!row) throw new FieldNotFound();
    return row;
  }

  #record(
    type: string,
    { id, subject, key, kind, name }: FieldRow,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    this.ledger.record({
      type,
      subject: { type: 'field', id },
      data: { subject, key, kind, name },
      ...(changes && { changes }),
    });
  }
}

/** Nobody solves a customer. Throws {@link ValidationFailed}. */
function refuseRequired(subject: string, requiredOnSolve: boolean | undefined): void {
  if (!requiredOnSolve || subject === 'ticket') return;
  throw new ValidationFailed([
    { field: 'requiredOnSolve', problem: 'is only for fields of tickets' },
  ]);
}
