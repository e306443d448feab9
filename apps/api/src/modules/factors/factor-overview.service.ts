import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Principal } from '#core/tenancy/principal.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import type { DeviceDto } from './dto/device.dto.js';
import type { FactorsDto } from './dto/factors.dto.js';
import { FactorProofs } from './factor-proofs.service.js';
import { FactorRecords } from './factor-records.service.js';
import { FactorNotFound } from './factors.exceptions.js';
import { Factors } from './factors.service.js';
import { RememberedDevices } from './remembered-devices.service.js';

/** What a person sees of their own factors, and the devices that spare them. */
@Injectable()
export class FactorOverview {
  constructor(
    private readonly system: SystemDb,
    private readonly places: PersonPlaces,
    private readonly factors: Factors,
    private readonly devices: RememberedDevices,
    private readonly records: FactorRecords,
    private readonly proofs: FactorProofs,
  ) {}

  /** What the person has set up, and whether they must. Throws PeopleOnly. */
  async of(principal: Principal): Promise<FactorsDto> {
    const identityId = this.proofs.personOf(principal);
    const { client } = this.system;
    const [factors, person, places] = await Promise.all([
      this.factors.of(identityId),
      this.places.person(client, identityId),
      this.places.active(client, identityId),
    ]);
    return {
      ...factors,
      hasPassword: person.passwordHash !== null,
      required: places.some((place) => place.secondFactorRequired),
    };
  }

  /** The devices that are remembered. Throws PeopleOnly. */
  remembered(principal: Principal, page: PageRequest): Promise<Page<DeviceDto>> {
    return this.devices.list(this.proofs.personOf(principal), page);
  }

  /** Forgets every device. Quiet when none is remembered. Throws PeopleOnly. */
  async forgetAll(principal: Principal): Promise<void> {
    const identityId = this.proofs.personOf(principal);
    await this.system.transaction(async (tx) => {
      const devices = await this.devices.forgetAll(tx, identityId);
      if (devices > 0)
        await this.records.tell(tx, identityId, 'auth.device_forgotten', { devices });
    });
  }

  /** Forgets one device. Throws PeopleOnly, FactorNotFound. */
  async forget(principal: Principal, id: string): Promise<void> {
    const identityId = this.proofs.personOf(principal);
    await this.system.transaction(async (tx) => {
      if (!(await this.devices.forget(tx, identityId, id))) throw new FactorNotFound();
      await this.records.tell(tx, identityId, 'auth.device_forgotten', { id });
    });
  }
}
