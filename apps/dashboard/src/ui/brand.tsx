/** The mark: one desk behind another. */
export function Brand({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      className="shrink-0 text-accent"
    >
      <rect x="3" y="3" width="19" height="19" rx="6" fill="currentColor" opacity=".4" />
      <rect x="10" y="10" width="19" height="19" rx="6" fill="currentColor" />
    </svg>
  );
}
