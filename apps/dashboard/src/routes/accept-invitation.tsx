import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { codeOf } from '../api/error.js';
import { restore } from '../api/session.js';
import type { InvitationOffer } from '../api/types.js';
import { AuthPage, FormError, textLink } from '../features/auth/auth-page.js';
import { showErrors } from '../features/auth/form-errors.js';
import { isGone, Linked } from '../features/auth/linked.js';
import {
  CurrentPasswordField,
  minimumPassword,
  NewPasswordField,
} from '../features/auth/password-field.js';
import { meQuery } from '../features/auth/queries.js';
import { acceptInvitation, nextStep, readInvitation } from '../features/auth/sign-in.js';
import { isBuiltIn, useRoleName } from '../features/people/role-name.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';

/** Where the mail of an invitation leads. */
export function AcceptInvitationRoute() {
  const t = useText();
  const { token } = useSearch({ from: '/invitation' });
  return (
    <Linked
      kind="invitation"
      token={token}
      title={t('state.loading')}
      read={readInvitation}
      again="/sign-in"
    >
      {(offer, gone) => <Offer offer={offer} token={token} onGone={gone} />}
    </Linked>
  );
}

interface OfferProps {
  offer: InvitationOffer;
  token: string;
  onGone: () => void;
}

function Offer({ offer, token, onGone }: OfferProps) {
  const t = useText();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const client = useQueryClient();
  // Under a key of its own: to leave this page must not cancel what the desk is about to read.
  const me = useQuery({
    queryKey: ['invited', 'me'],
    queryFn: async () => ((await restore()) ? client.fetchQuery(meQuery) : null),
    gcTime: 0,
  }).data;
  const same = me?.user.email.toLowerCase() === offer.email.toLowerCase();
  const form = useForm({ defaultValues: { name: '', password: '' } });
  const { register, handleSubmit, formState, setError } = form;
  const { errors, isSubmitting } = formState;

  const asks = offer.hasAccount ? (same ? 'nothing' : 'password') : 'account';
  const submit = handleSubmit(async ({ name, password }) => {
    const bodies = { nothing: {}, password: { password }, account: { name, password } };
    try {
      await acceptInvitation(token, bodies[asks]);
      await navigate({ to: '/' });
    } catch (error) {
      if (isGone(error)) onGone();
      // They are in now, but the organization asks for more at the sign-in, which knows how to ask.
      else if (nextStep(error)) await navigate({ to: '/sign-in', search: {} });
      else if (codeOf(error) === 'billing.limit_reached')
        setError('root', { message: t('accept.full', { organization: offer.organizationName }) });
      else showErrors(t, error, ['name', 'password'], setError);
    }
  });
  const role = isBuiltIn(offer.roleName.toLowerCase())
    ? roleName(offer.roleName.toLowerCase())
    : offer.roleName;
  return (
    <AuthPage
      title={t('accept.title', { organization: offer.organizationName })}
      intro={
        offer.inviterName
          ? t('accept.intro', { inviter: offer.inviterName, role })
          : t('accept.introPlain', { role })
      }
      footer={
        <Link to="/sign-in" search={{}} className={textLink}>
          {t('signIn.back')}
        </Link>
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <p className="text-sm break-words">{t('accept.as', { email: offer.email })}</p>
        <FormError message={errors.root?.message} />
        <input
          type="email"
          autoComplete="username"
          value={offer.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
        />
        {asks === 'nothing' && (
          <p className="text-sm text-muted">{t('accept.signedIn', { email: offer.email })}</p>
        )}
        {asks === 'password' && (
          <>
            <p className="text-sm text-muted">
              {me
                ? t('accept.other', { email: me.user.email, invited: offer.email })
                : t('accept.known')}
            </p>
            <CurrentPasswordField
              label={t('field.password')}
              error={errors.password?.message}
              registration={register('password', { required: t('field.required') })}
            />
          </>
        )}
        {asks === 'account' && (
          <>
            <Field label={t('field.yourName')} error={errors.name?.message}>
              {(control) => (
                <input
                  {...control}
                  {...register('name', { required: t('field.required') })}
                  autoComplete="name"
                  autoFocus
                  maxLength={200}
                  className="field"
                  dir="auto"
                />
              )}
            </Field>
            <NewPasswordField
              error={errors.password?.message}
              registration={register('password', {
                required: t('field.required'),
                minLength: {
                  value: minimumPassword,
                  message: t('password.short', { minimumPassword }),
                },
              })}
            />
          </>
        )}
        <Button type="submit" variant="primary" disabled={isSubmitting} className="h-9 w-full">
          {isSubmitting ? t('accept.pending') : t('accept.submit')}
        </Button>
      </form>
    </AuthPage>
  );
}
