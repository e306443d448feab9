import { requireOrganizationId } from '../context/context.js';
import type { OmittingPrismaClient } from '../database/prisma-client.js';
import { isDeclared, plainRow, type PreparedStatement } from '../database/prepared-statement.js';
import { CLOSING_STATEMENT, type RawRunner } from '../database/transaction.js';
import { TenantModels, type DataModel } from './tenant-models.js';
import { TENANT_OPERATIONS, TenantScope, TenantScopeViolation } from './tenant-scope.js';

type Operation =
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy'
  | 'create'
  | 'createMany'
  | 'createManyAndReturn'
  | 'updateMany'
  | 'updateManyAndReturn'
  | 'deleteMany';

type ServedModel =
  | 'organization'
  | 'membership'
  | 'apiKey'
  | 'ledgerHead'
  | 'ledgerEvent'
  | 'outbox'
  | 'jobReceipt'
  | 'requester'
  | 'ticketCounter'
  | 'ticket'
  | 'ticketTag'
  | 'message'
  | 'inboundMail'
  | 'outboundMail'
  | 'organizationLogo'
  | 'role'
  | 'invitation'
  | 'apiKeySecret'
  | 'apiKeyAddress'
  | 'apiKeyCall'
  | 'ssoConnection'
  | 'ssoDomain'
  | 'ssoSubject'
  | 'scimUser'
  | 'scimGroup'
  | 'scimGroupMember'
  | 'team'
  | 'teamMember'
  | 'customField'
  | 'ticketState'
  | 'ticketFieldValue'
  | 'ticketLink'
  | 'requesterAddress'
  | 'company'
  | 'companyDomain'
  | 'file'
  | 'attachment'
  | 'draft'
  | 'cannedReply'
  | 'macro'
  | 'ticketPresence'
  | 'notification'
  | 'notificationPreference'
  | 'notificationOccurrence'
  | 'operation'
  | 'operationItem'
  | 'operationMessage'
  | 'view'
  | 'export'
  | 'webhookEndpoint'
  | 'webhookSecret'
  | 'webhookReplay'
  | 'webhookDelivery'
  | 'webhookAttempt'
  | 'organizationEntitlement'
  | 'subscription'
  | 'billingProfile'
  | 'invoice'
  | 'providerInvoice'
  | 'usageRecord'
  | 'usagePosition'
  | 'usageSample'
  | 'entitlementWarning'
  | 'stripeCustomer'
  | 'stripeRequest'
  | 'entitlementOverride'
  | 'usageHour'
  | 'supportAccess'
  | 'supportLook'
  | 'knownStaff'
  | 'featureOverride';

/**
 * The delegates that a service may use. Left out on purpose: `findUnique` (Prisma joins those of one tick into one
 * query, and two tenants in one tick ran as the first), `update`, `delete` and `upsert` (they name a row by its
 * key, and an upsert over a foreign row answers null), every raw call, and the tables of the deployment.
 */
export type TenantClient = {
  [Model in ServedModel]: Pick<
    OmittingPrismaClient[Model],
    Operation & keyof OmittingPrismaClient[Model]
  >;
};

/** What a transaction hands to its work: the tables, and declared statements of our own. */
export type TenantTransaction = TenantClient & {
  /**
   * Runs a declared statement inside the transaction. Gives its rows with bigint as number and times as ISO 8601
   * strings. A parameter whose type the statement does not show needs a cast (`$1::uuid`).
   */
  sql<Row extends object>(statement: PreparedStatement, values: unknown[]): Promise<Row[]>;
};

/**
 * Adds lock 2 to a Prisma client: the extension that scopes every operation's arguments. Throws
 * `NoTenantInContext` when a query is built without an organization.
 */
export function scopeToTenant(client: OmittingPrismaClient) {
  const models = tenantModelsOf(client);
  return client.$extends({
    name: 'tenant-scope',
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const scope = new TenantScope(models, requireOrganizationId(`${model}.${operation}`));
          return query(
            scope.apply(model, operation, args as Record<string, unknown>) as typeof args,
          );
        },
      },
      $queryRaw: refuseRaw,
      $executeRaw: refuseRaw,
      $executeRawUnsafe: refuseRaw,
      $queryRawUnsafe({ args, query }) {
        // The ledger's append, and what was declared as a statement when the program was loaded: each by its exact text.
        return isClosingStatement(args) || isDeclared((args as unknown as unknown[])[0])
          ? query(args)
          : refuseRaw();
      },
    },
  });
}

/** The data model that the generated client carries. */
function tenantModelsOf(client: OmittingPrismaClient): TenantModels {
  return new TenantModels(
    (client as unknown as { _runtimeDataModel: DataModel })._runtimeDataModel,
  );
}

/**
 * What services hold: the extended client behind a face that starts each query at once.
 *
 * A Prisma promise is lazy; built under one organization and awaited under another it would run as the other.
 * Started when it is made, it runs as the one that made it. An operation or a model that is
 * not in {@link TenantClient} is not there.
 */
export function tenantFace(client: object): TenantClient {
  return new Proxy({} as TenantClient, {
    get(_, model) {
      if (typeof model !== 'string' || model === 'then') return undefined;
      const delegate = (client as Record<string, unknown>)[model];
      if (model.startsWith('$') || delegate === undefined || !SERVED.has(model)) {
        throw new TenantScopeViolation(`${model} is not on the tenant handle`);
      }
      return delegateFace(model, delegate as Record<string, (args: unknown) => Promise<unknown>>);
    },
  });
}

/** {@link tenantFace} of a transaction, with the declared statements beside the tables. */
export function transactionFace(client: object): TenantTransaction {
  const face = tenantFace(client);
  const sql = async <Row extends object>(
    statement: PreparedStatement,
    values: unknown[],
  ): Promise<Row[]> => {
    requireOrganizationId(statement.name);
    const rows = await (client as RawRunner).$queryRawUnsafe<object[]>(statement.text, ...values);
    return rows.map((row) => plainRow<Row>(row));
  };
  return new Proxy(face, {
    get: (target, name) => (name === 'sql' ? sql : Reflect.get(target, name)),
  }) as TenantTransaction;
}

function delegateFace(
  model: string,
  delegate: Record<string, (args: unknown) => Promise<unknown>>,
) {
  return new Proxy(delegate, {
    get(_, operation) {
      if (typeof operation !== 'string' || !TENANT_OPERATIONS.includes(operation)) {
        throw new TenantScopeViolation(`${model}.${String(operation)} is not on the tenant handle`);
      }
      return (args: unknown) => {
        requireOrganizationId(`${model}.${operation}`);
        return Promise.resolve(delegate[operation]!(args).then((result) => result));
      };
    },
  });
}

function isClosingStatement(args: unknown): boolean {
  return Array.isArray(args) && args[0] === CLOSING_STATEMENT;
}

function refuseRaw(): never {
  throw new TenantScopeViolation('raw SQL goes through TenantDb.sql, which names its statements');
}

const SERVED = new Set<string>([
  'organization',
  'membership',
  'apiKey',
  'ledgerHead',
  'ledgerEvent',
  'outbox',
  'jobReceipt',
  'requester',
  'ticketCounter',
  'ticket',
  'ticketTag',
  'message',
  'inboundMail',
  'outboundMail',
  'organizationLogo',
  'role',
  'invitation',
  'apiKeySecret',
  'apiKeyAddress',
  'apiKeyCall',
  'ssoConnection',
  'ssoDomain',
  'ssoSubject',
  'scimUser',
  'scimGroup',
  'scimGroupMember',
  'team',
  'teamMember',
  'customField',
  'ticketState',
  'ticketFieldValue',
  'ticketLink',
  'requesterAddress',
  'company',
  'companyDomain',
  'file',
  'attachment',
  'draft',
  'cannedReply',
  'macro',
  'ticketPresence',
  'notification',
  'notificationPreference',
  'notificationOccurrence',
  'operation',
  'operationItem',
  'operationMessage',
  'view',
  'export',
  'webhookEndpoint',
  'webhookSecret',
  'webhookReplay',
  'webhookDelivery',
  'webhookAttempt',
  'organizationEntitlement',
  'subscription',
  'billingProfile',
  'invoice',
  'providerInvoice',
  'usageRecord',
  'usagePosition',
  'usageSample',
  'entitlementWarning',
  'stripeCustomer',
  'stripeRequest',
  'entitlementOverride',
  'usageHour',
  'supportAccess',
  'supportLook',
  'knownStaff',
  'featureOverride',
] satisfies ServedModel[]);
