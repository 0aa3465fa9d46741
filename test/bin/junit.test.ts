import fc from 'fast-check';
import { xml2js } from 'xml-js';
import type { Element } from 'xml-js';
import { junitOfError, junitOfResult } from '../../bin/junit';
import type { RehearsalResult, StackResult } from '../../rehearsal/run';

const stack = (name: string, more: Partial<StackResult> = {}): StackResult => ({
  name,
  ok: true,
  skipped: false,
  summary: { add: 0, change: 0, remove: 0 },
  created: [],
  changed: [],
  destroyed: [],
  diagnostics: [],
  outputs: {},
  resources: [],
  ...more,
});

const error = (detail: string, address?: string) =>
  ({ severity: 'error', summary: 'Refused', detail, ...(address ? { address } : {}) }) as const;

const result: RehearsalResult = {
  ok: false,
  findings: ['…'],
  otherVersions: [],
  terraform: { product: 'Terraform', path: 'terraform', version: '1.11.4' },
  deployedWith: 'terraform',
  backends: [],
  stacks: [
    stack('first', { ok: false, diagnostics: [error('name <a> & "b"\nline \u001b[31mtwo\u001b[0m', 'a.b')] }),
    stack('second', { ok: false, skipped: true }),
    stack('third'),
  ],
  existing: [],
  heeded: [],
  resources: [],
  devices: [],
  fixtures: [],
  secondPlan: [
    {
      name: 'third',
      ok: true,
      changes: [{ address: 'a.b["x"]', actions: ['update'] }],
      outputs: ['id'],
      diagnostics: [],
    },
  ],
  drift: { id: '/x', type: 'a', attribute: 'tags', found: [], repaired: true },
  destroyed: [stack('first')],
  leftovers: { resources: [], softDeleted: [], inState: ['first: a.b'], units: [] },
  structureOnly: [],
  providers: { simulated: [], real: [] },
};

const snapshot = { file: 'plan.txt', failure: 'plan.txt has changed' };

/** The text of the first failure. A document that is not well formed throws. */
function firstFailure(xml: string): string {
  let element = xml2js(xml, { captureSpacesBetweenElements: true }) as Element;
  for (const name of ['testsuites', 'testsuite', 'testcase', 'failure'])
    element = element.elements?.find(each => each.name === name) as Element;
  return String(element.elements?.[0]?.text);
}

describe('a rehearsal as JUnit XML', () => {
  it('is a suite a step and a case a stack', () => {
    expect(junitOfResult('dev', result, { seconds: 12.34, snapshot }))
      .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="berth rehearse dev" tests="9" failures="5" skipped="1" time="12.3">
  <testsuite name="deploy" tests="3" failures="1" skipped="1">
    <testcase classname="dev.deploy" name="first">
      <failure message="a.b: Refused: name &lt;a&gt; &amp; &quot;b&quot;">a.b: Refused: name &lt;a&gt; &amp; &quot;b&quot;
line two</failure>
    </testcase>
    <testcase classname="dev.deploy" name="second"><skipped message="a stack before it failed"/></testcase>
    <testcase classname="dev.deploy" name="third"/>
  </testsuite>
  <testsuite name="second plan" tests="1" failures="1" skipped="0">
    <testcase classname="dev.second plan" name="third">
      <failure message="a.b[&quot;x&quot;] would update">a.b[&quot;x&quot;] would update
output id would change</failure>
    </testcase>
  </testsuite>
  <testsuite name="drift" tests="2" failures="1" skipped="0">
    <testcase classname="dev.drift" name="found by the next plan">
      <failure message="the change of tags of /x was not found">the change of tags of /x was not found</failure>
    </testcase>
    <testcase classname="dev.drift" name="repaired by the next deploy"/>
  </testsuite>
  <testsuite name="destroy" tests="1" failures="0" skipped="0">
    <testcase classname="dev.destroy" name="first"/>
  </testsuite>
  <testsuite name="leftovers" tests="1" failures="1" skipped="0">
    <testcase classname="dev.leftovers" name="nothing is left">
      <failure message="left: first: a.b">left: first: a.b</failure>
    </testcase>
  </testsuite>
  <testsuite name="plan snapshot" tests="1" failures="1" skipped="0">
    <testcase classname="dev.plan snapshot" name="plan.txt">
      <failure message="plan.txt has changed">plan.txt has changed</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('is well formed and says what was said, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), message => {
        // eslint-disable-next-line no-control-regex -- XML has no control characters, and reads a return as a new line
        const readable = message.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
        expect(firstFailure(junitOfError('x', `:${message}`, 0)).replace(/\r\n?/g, '\n')).toBe(
          `:${readable}`.replace(/\r\n?/g, '\n'),
        );
      }),
    );
    expect(firstFailure(junitOfError('<&">', 'half \ud800 and \u0000', 0))).toBe('half \ufffd and \ufffd');
  });
});
