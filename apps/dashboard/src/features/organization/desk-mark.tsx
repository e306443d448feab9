import { useQuery } from '@tanstack/react-query';
import { Brand } from '../../ui/brand.js';
import { useCan } from '../auth/queries.js';
import { logoQuery, organizationQuery } from './queries.js';

/** The organization's logo where it has one, else our own mark. */
export default function DeskMark() {
  const reads = useCan('organization:read');
  const hasLogo = useQuery({ ...organizationQuery, enabled: reads }).data?.hasLogo ?? false;
  const logo = useQuery({ ...logoQuery, enabled: hasLogo }).data;
  if (!hasLogo || !logo) return <Brand />;
  return <img src={logo} alt="" className="size-5 rounded object-contain" />;
}
