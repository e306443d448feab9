import { createRoot } from 'react-dom/client';
import { onSignedOut } from './api/session.js';
import { start } from './app.js';
import { makeRouter } from './router.js';
import './styles.css';

const root = createRoot(document.getElementById('root')!);

// Whoever runs the deployment has a console of their own, of which the desk loads nothing.
if (/^\/staff(\/|$)/.test(window.location.pathname))
  void import('./features/staff/router.js').then(({ makeStaffRouter, onStaffSignedOut }) =>
    start(root, { makeRouter: makeStaffRouter, onSignedOut: onStaffSignedOut }),
  );
else start(root, { makeRouter, onSignedOut });
