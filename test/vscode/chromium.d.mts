/** The arguments for a browser without a screen, in a container, that talks to nobody but the page. */
export const chromiumArguments: readonly string[];
/** The path of an installed Chromium, `CHROMIUM` first; undefined without one. */
export function findChromium(): string | undefined;
/** The path of a Chromium; installs Debian's package where there is none and the user may. */
export function ensureChromium(): string;
