// The build takes style sheets that a script imports into the bundle's own.
declare module '*.css';
