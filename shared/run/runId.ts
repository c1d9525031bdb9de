/** `20261122-124501-123-9f3a61`: sorts by time, and two programs at the same moment do not meet. */
export function newRunId(now: Date = new Date()): string {
  const [date = '', time = ''] = now.toISOString().replace(/[-:Z]/g, '').replace('.', '-').split('T');
  const suffix = crypto.getRandomValues(new Uint8Array(3));
  return `${date}-${time}-${[...suffix].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
