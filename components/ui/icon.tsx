const paths = {
  bold: 'M5 3h4a2.5 2.5 0 0 1 0 5H5zM5 8h4.8a2.5 2.5 0 0 1 0 5H5z',
  italic: 'M7 3h5M4 13h5M9.5 3 6.5 13',
  heading: 'M4 3v10M12 3v10M4 8h8',
  bullets: 'M6.5 4h7M6.5 8h7M6.5 12h7M2.5 4h1.2M2.5 8h1.2M2.5 12h1.2',
  numbers: 'M7 4h6.5M7 8h6.5M7 12h6.5M2.4 3.2 3.5 2.6v3M2.3 10.5c.2-.9 1.9-.8 1.8.2 0 .8-1.8 1.3-1.8 2.2h2',
  link: 'M6.7 9.3l2.6-2.6M7.3 4.7l1.2-1.2a2.8 2.8 0 0 1 4 4l-1.2 1.2M8.7 11.3l-1.2 1.2a2.8 2.8 0 0 1-4-4l1.2-1.2',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M7 3.5v9',
  comment: 'M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z',
  list: 'M2.5 4h11M2.5 8h7M2.5 12h9',
  panel: 'M2.5 3h11v10h-11zM10 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  add: 'M8 3.5v9M3.5 8h9',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  tick: 'M3 8.5 6.5 12 13 4.5',
  bell: 'M3 11.5h10l-1.3-1.8V7a3.7 3.7 0 0 0-7.4 0v2.7zM6.7 13.4a1.4 1.4 0 0 0 2.6 0M8 2v1.3',
  keys: 'M6.2 6.2a1.9 1.9 0 1 1 2.6 1.8c-.6.2-.8.6-.8 1.2M8 11.8h.01',
} as const

export type IconName = keyof typeof paths

/** A small line drawing in the colour of the text; the words stand on the control that holds it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={paths[name]} />
    </svg>
  )
}
