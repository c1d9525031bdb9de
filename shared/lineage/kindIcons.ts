// A picture for each kind of node: paths for a square of 16, drawn as lines.

import type { LineageKind } from './lineageGraph';

export const kindIconPaths: Readonly<Record<LineageKind, string>> = {
  user: 'M8 2.6a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4M3.2 13.6c.4-2.5 2.3-3.9 4.8-3.9s4.4 1.4 4.8 3.9',
  provider: 'M2.8 3h10.4v4.2H2.8zM2.8 8.8h10.4V13H2.8zM5.2 5.1h.01M5.2 10.9h.01',
  source:
    'M3 4.2c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7-5-.7-5-1.7v7.6c0 1 2.2 1.7 5 1.7s5-.7 5-1.7V4.2M3 8c0 1 2.2 1.7 5 1.7S13 9 13 8',
  'sql-transformation': 'M5.4 4 2 8l3.4 4M10.6 4 14 8l-3.4 4M9 3.4 7 12.6',
  'dataframe-transformation': 'M2.5 3h11v10h-11zM2.5 6.3h11M6.2 6.3V13M2.5 9.6h11',
  entity: 'M8 2.2 13.4 5v6L8 13.8 2.6 11V5zM2.6 5 8 7.9 13.4 5M8 7.9v5.9',
  feature: 'm8 2.4 1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.2l-3.5 1.9.8-3.9-2.9-2.7 3.9-.5z',
  label: 'M2.6 2.6h5.1l5.8 5.8-5.1 5.1-5.8-5.8zM5.4 5.4h.01',
  'training-set': 'M8 2.4 13.8 5.2 8 8 2.2 5.2zM2.2 8 8 10.8 13.8 8M2.2 10.8 8 13.6l5.8-2.8',
  model:
    'M8 2a1.7 1.7 0 1 0 0 3.4A1.7 1.7 0 0 0 8 2M4 10.6a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M12 10.6a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M7.2 5.3l-2.5 5.4M8.8 5.3l2.5 5.4M5.7 12.3h4.6',
};
