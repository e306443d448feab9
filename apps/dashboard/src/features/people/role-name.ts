import { useText } from '../../messages/intl.js';

const builtIn = ['owner', 'admin', 'agent', 'viewer'] as const;

type BuiltIn = (typeof builtIn)[number];

/** Whether a role is one that every organization has. */
export function isBuiltIn(role: string): role is BuiltIn {
  return builtIn.some((each) => each === role);
}

/** Names a role: the built-in ones in the person's language, the others as their makers did. */
export function useRoleName(): (role: string, name?: string) => string {
  const t = useText();
  return (role, name) => (isBuiltIn(role) ? t(`role.${role}`) : (name ?? role));
}
