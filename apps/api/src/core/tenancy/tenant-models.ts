/**
 * What the tenant handle knows of each model, taken from the generated client's own data model: lock 2 walks
 * queries with it and refuses whatever it does not find here.
 */
export interface ModelField {
  name: string;
  kind: 'scalar' | 'object' | 'enum' | 'unsupported';
  type: string;
}

export interface DataModel {
  models: Record<string, { fields: ModelField[] }>;
}

/** Global models that a tenant may reach, and only as a relation to one row of its own. */
const READABLE_THROUGH_RELATION = new Set(['Identity', 'Organization']);
/** Models whose own id is the organization. */
const TENANT_ROOT = 'Organization';
/** Tables of the deployment, not of a tenant: the tenant handle has no delegate for them. */
const GLOBAL_MODELS = new Set([
  'Identity',
  'Session',
  'AccountLink',
  'AccountMail',
  'SignInAttempt',
  'SigningKey',
  'TotpFactor',
  'RecoveryCode',
  'Passkey',
  'PasskeyChallenge',
  'RememberedDevice',
  'SsoFlow',
  'Plan',
  'InvoiceSeries',
  'KeptInvoice',
  'StaffMember',
  'StaffSession',
  'StaffAct',
  'ErasureCertificate',
  'Announcement',
  'Feature',
]);

export class TenantModels {
  readonly #fields = new Map<string, Map<string, ModelField>>();

  constructor(dataModel: DataModel) {
    for (const [model, { fields }] of Object.entries(dataModel.models)) {
      this.#fields.set(model, new Map(fields.map((field) => [field.name, field])));
    }
  }

  /** Names of the models that the tenant handle serves. */
  served(): string[] {
    return [...this.#fields.keys()].filter((model) => !GLOBAL_MODELS.has(model));
  }

  field(model: string, name: string): ModelField | undefined {
    return this.#fields.get(model)?.get(name);
  }

  /** The field that carries the organization: `id` of the organization itself, `organizationId` of the rest. */
  tenantField(model: string): 'id' | 'organizationId' {
    return model === TENANT_ROOT ? 'id' : 'organizationId';
  }

  /** Whether rows of `model` carry the organization (a global model is reachable by relation only). */
  isTenant(model: string): boolean {
    return this.#fields.has(model) && !GLOBAL_MODELS.has(model);
  }

  isReadableThroughRelation(model: string): boolean {
    return this.isTenant(model) || READABLE_THROUGH_RELATION.has(model);
  }
}
