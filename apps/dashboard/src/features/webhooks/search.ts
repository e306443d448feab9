import { deliveryStatuses, type DeliveryStatus } from './types.js';

/** Which deliveries of an endpoint are shown, kept in the address. */
export interface DeliverySearch {
  status?: DeliveryStatus;
  type?: string;
  after?: string;
}

/** How a type, or all of a domain, is written. */
export const aType = /^[a-z_]{1,50}\.(?:[a-z_]{1,50}|\*)$/;
const aNumber = /^\d{1,15}$/;

/** Reads the address; what it does not understand is left out. */
export function toDeliverySearch(search: Record<string, unknown>): DeliverySearch {
  const { status, type, after } = search;
  return {
    ...(deliveryStatuses.some((each) => each === status) && { status: status as DeliveryStatus }),
    ...(typeof type === 'string' && aType.test(type) && { type }),
    ...(typeof after === 'string' && aNumber.test(after) && { after }),
  };
}
