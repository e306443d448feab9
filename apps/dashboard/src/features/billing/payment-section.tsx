import { useQuery } from '@tanstack/react-query';
import { useText } from '../../messages/intl.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { PortalButton } from './portal-button.js';
import { hasPages, paymentQuery } from './queries.js';

/** To whom and how the plan is paid: by transfer, or on the pages of whoever takes the money. */
export function PaymentSection() {
  const t = useText();
  const payment = useQuery(paymentQuery);
  const elsewhere = payment.data ? hasPages(payment.data) : false;
  return (
    <Section
      title={t('billing.payment')}
      hint={payment.data && t(elsewhere ? 'billing.paymentByProvider' : 'billing.paymentByInvoice')}
      actions={elsewhere && <PortalButton />}
    >
      {!elsewhere && (
        <Loaded query={payment} rows={1}>
          {({ seller, terms }) => (
            <div className="space-y-2 text-sm break-words">
              {terms && (
                <p className="whitespace-pre-line" dir="auto">
                  {terms}
                </p>
              )}
              <address className="whitespace-pre-line text-muted not-italic" dir="auto">
                {seller.join('\n')}
              </address>
            </div>
          )}
        </Loaded>
      )}
    </Section>
  );
}
