const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes for people, to two or three figures: `426 MB`, `1.2 GB`. */
export function sizeInWords(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${unit === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}
