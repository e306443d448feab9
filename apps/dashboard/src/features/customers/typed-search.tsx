import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useShortcut } from '../shortcuts/shortcuts.js';

const typingMs = 250;

interface TypedSearchProps {
  to: '/customers' | '/companies';
  q: string | undefined;
  label: string;
}

/** A field whose words go to the address once the typing has paused. */
export function TypedSearch({ to, q, label }: TypedSearchProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q ?? '');
  useShortcut('search', () => document.getElementById('customer-search')?.focus());
  useEffect(() => {
    const next = typed.trim() || undefined;
    if (next === q) return;
    const timer = setTimeout(
      () => void navigate({ to, search: next ? { q: next } : {}, replace: true }),
      typingMs,
    );
    return () => clearTimeout(timer);
  }, [typed, q, to, navigate]);
  return (
    <input
      id="customer-search"
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      maxLength={200}
      className="field mb-3"
      dir="auto"
    />
  );
}
