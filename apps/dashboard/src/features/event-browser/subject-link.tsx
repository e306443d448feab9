import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const look = 'inline-flex min-h-6 items-center text-accent-text underline underline-offset-2';

/** What an event is about, with the way to it where the desk has a page of it. */
export function SubjectLink({ type, id }: { type: string; id: string }) {
  const name: ReactNode = (
    <bdi dir="ltr">
      {type} {id}
    </bdi>
  );
  switch (type) {
    case 'ticket':
      return (
        <Link to="/tickets/$ticketId" params={{ ticketId: id }} search={{}} className={look}>
          {name}
        </Link>
      );
    case 'customer':
      return (
        <Link to="/customers/$customerId" params={{ customerId: id }} className={look}>
          {name}
        </Link>
      );
    case 'company':
      return (
        <Link to="/companies/$companyId" params={{ companyId: id }} className={look}>
          {name}
        </Link>
      );
    case 'api_key':
      return (
        <Link to="/settings/requests" search={{ key: id }} className={look}>
          {name}
        </Link>
      );
    case 'webhook_endpoint':
      return (
        <Link
          to="/settings/webhooks/$endpointId"
          params={{ endpointId: id }}
          search={{}}
          className={look}
        >
          {name}
        </Link>
      );
    case 'user':
      return (
        <Link to="/people" search={{}} className={look}>
          {name}
        </Link>
      );
    default:
      return name;
  }
}
