import { Link } from '@tanstack/react-router';
import { useText } from '../../messages/intl.js';
import { useNoticesExist } from '../development/queries.js';
import { textLink } from './auth-page.js';
import { Told } from './told.js';

/** A mail is on its way; in development, where it can be read. */
export function SentMail({ words }: { words: string }) {
  const t = useText();
  const shown = useNoticesExist();
  return (
    <Told>
      <p>{words}</p>
      <p className="text-muted">{t('register.sent.missing')}</p>
      {shown && (
        <p>
          <Link to="/development/mails" search={{}} className={textLink}>
            {t('notices.open')}
          </Link>
        </p>
      )}
    </Told>
  );
}
