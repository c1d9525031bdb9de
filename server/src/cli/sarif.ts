// What `check` found as a SARIF 2.1.0 log, with what GitHub's code scanning shows of it.

import { rulePage } from '../languageService';
import type { CheckReport, ReportDiagnostic, RuleInfo } from './checkReport';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

export function sarifLog(report: CheckReport, rules: readonly RuleInfo[], toolVersion: string): unknown {
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sparkform',
            version: toolVersion,
            informationUri: 'https://github.com/sparkform/sparkform',
            rules: rules.map(ruleDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.diagnostics.map((one) => ({
          ruleId: one.code,
          ruleIndex: indexOf.get(one.code) ?? -1,
          level: levels[one.severity],
          message: { text: one.message },
          locations: [{ physicalLocation: physicalLocation(one) }],
        })),
      },
    ],
  };
}

function ruleDescriptor({ id, severity, summary, details }: RuleInfo): unknown {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: details, markdown: details },
    helpUri: rulePage(id),
    defaultConfiguration: { level: levels[severity] },
  };
}

function physicalLocation({ file, range: { start, end } }: ReportDiagnostic): unknown {
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    region: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
  };
}
