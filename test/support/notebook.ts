// Notebooks as Jupyter writes them.

/** The text of an `.ipynb` file; a cell is code, or Markdown where it begins with `# `. */
export function notebookText(cells: readonly string[], metadata: unknown = { language_info: { name: 'python' } }): string {
  const written = cells.map((source, index) => {
    const common = { id: `c${index}`, metadata: {}, source: source.split(/(?<=\n)/) };
    return source.startsWith('# ')
      ? { cell_type: 'markdown', ...common }
      : { cell_type: 'code', ...common, execution_count: null, outputs: [{ output_type: 'stream', name: 'stdout', text: ['{"[\n'] }] };
  });
  return `${JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}
