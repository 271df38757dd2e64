/** Our own drawings on a 16 px grid, 1.5 px strokes in the text's colour. */
const drawings = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4 13.5 13.5',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3L13 4.5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  back: 'M13 8H3.5M7 4 3 8l4 4',
  forward: 'M3 8h9.5M9 4l4 4-4 4',
  up: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  expand: 'm4 6 4 4 4-4',
  copy: 'M6 6h7v7H6zM10 3.5V3H3v7h.5',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13h10',
  upload: 'M8 10.5V3M4.5 6 8 2.5 11.5 6M3 13h10',
  edit: 'm3 13 .6-2.7L10.8 3l2.2 2.2-7.3 7.2L3 13Z',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  'eye-off':
    'M3 3l10 10M6.4 4a6 6 0 0 1 1.6-.2c4 0 6.5 4.2 6.5 4.2a11 11 0 0 1-1.7 2.1M4.3 5.1A10.5 10.5 0 0 0 1.5 8S4 12.2 8 12.2a6 6 0 0 0 2.3-.4',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 7.2v3.6M8 5h.01',
  warning: 'M8 2 1.7 13.3h12.6L8 2ZM8 6.3v3.2M8 11.5h.01',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8v3.9M8 11h.01',
  success: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM5.2 8.2l2 1.9 3.6-4',
  key: 'M10.3 2.5a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4ZM8 8l-5.3 5.3M4.8 11.2l1.7 1.7',
  shield: 'M8 1.8 13 3.6v3.8c0 3.2-2.1 5.6-5 6.8-2.9-1.2-5-3.6-5-6.8V3.6L8 1.8Z',
  lock: 'M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  phone: 'M4.5 1.8h7v12.4h-7zM7.3 12h1.4',
  database:
    'M8 2c2.8 0 4.8.8 4.8 2S10.8 6 8 6 3.2 5.2 3.2 4 5.2 2 8 2ZM3.2 4v8c0 1.2 2 2 4.8 2s4.8-.8 4.8-2V4M3.2 8c0 1.2 2 2 4.8 2s4.8-.8 4.8-2',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  user: 'M8 2.2a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.8 13.8c.4-2.8 2.4-4.3 5.2-4.3s4.8 1.5 5.2 4.3',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.5M13 2.5V5h-2.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M4.5 3v10l8-5-8-5Z',
  file: 'M4 1.8h5L12.5 5.2v9H4zM9 2v3.5h3.5',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1.3-1.3a2.7 2.7 0 0 1 3.9 3.9L11 8.5M9 11.5l-1.3 1.3a2.7 2.7 0 0 1-3.9-3.9L5 7.5',
  keyboard: 'M1.5 4h13v8.5h-13zM4 6.5h.01M6.5 6.5h.01M9 6.5h.01M11.5 6.5h.01M5 10h6',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  auto: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M8 5h4.8M8 8h6M8 11h4.8',
  'sign-out': 'M7 3H3v10h4M6.5 8H14M11 5l3 3-3 3',
  external: 'M9 3h4v4M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5',
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.5V8l2.3 1.5',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
} as const;

export type IconName = keyof typeof drawings;

/** One drawing of the set; decoration only, so it is hidden from screen readers: the control that holds it carries the name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
