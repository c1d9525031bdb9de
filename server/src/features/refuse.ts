import type { Location } from '../text/span';

/** Notes a reason against a plan, at its place where it has one. Building goes on, so that every reason is found. */
export type Refuse = (message: string, place?: Location) => void;
