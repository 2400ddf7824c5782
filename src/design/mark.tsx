/** The hexagon, our mark: decoration beside the name, so hidden from those who listen. */
export const Mark = () => (
  <svg width="22" height="24" viewBox="-11 -12 22 24" aria-hidden="true">
    <path d="M0-11 9.5-5.5V5.5L0 11-9.5 5.5V-5.5Z" />
  </svg>
)
