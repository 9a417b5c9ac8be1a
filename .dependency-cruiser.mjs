// Who may import whom, each rule with its reason. One direction only: argv → wire → groups → action → port → adapter.
const test = '\\.test\\.ts$|^packages/[^/]+/test/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is one module in several files: nobody can read or test a part of it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-does-no-io',
      comment:
        'Core decides, the edge acts: that is what makes every decision testable and every plan printable.',
      severity: 'error',
      from: { path: '^packages/(core|templates)/src', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-edge',
      comment: 'Core is called by the CLI and never calls back: what it needs from outside is a port.',
      severity: 'error',
      from: { path: '^packages/core' },
      to: { path: '^packages/(cli|sandbox)' },
    },
    {
      name: 'templates-import-nothing-of-ours',
      comment:
        'A generated file is a pure function of its input, so that it can be read without knowing the tool.',
      severity: 'error',
      from: { path: '^packages/templates' },
      to: { path: '^packages/(core|cli|sandbox)' },
    },
    {
      name: 'groups-know-only-errors',
      comment: 'What nodes.json means depends on nothing that is done with it.',
      severity: 'error',
      from: { path: '^packages/core/src/groups' },
      to: { path: '^packages/core/src/(actions|chef|generated-files|ports|action\\.ts)' },
    },
    {
      name: 'ports-know-only-nouns',
      comment: 'A port is a promise in our own words; it must not depend on who keeps it or who uses it.',
      severity: 'error',
      from: { path: '^packages/core/src/ports' },
      to: { path: '^packages/core/src/(actions|chef|generated-files|action\\.ts)' },
    },
    {
      name: 'namespaces-are-strangers',
      comment:
        "An action never imports another namespace's: shared work belongs below actions, or it becomes a swamp.",
      severity: 'error',
      from: { path: '^packages/core/src/actions/([^/]+)/' },
      to: { path: '^packages/core/src/actions/([^/]+)/', pathNot: '^packages/core/src/actions/$1/' },
    },
    {
      name: 'only-all-lists-actions',
      comment: 'The table of actions is the only place that knows every action.',
      severity: 'error',
      from: {
        path: '^packages/core/src',
        pathNot: ['^packages/core/src/actions/all\\.ts$', '^packages/core/src/actions/[^/]+/'],
      },
      to: { path: '^packages/core/src/actions/[^/]+/' },
    },
    {
      name: 'only-wire-makes-adapters',
      comment: 'One place connects the tool to the machine. Completion reads nodes.json while nothing runs.',
      severity: 'error',
      from: {
        path: '^packages/cli/src',
        pathNot: ['^packages/cli/src/(wire|wire-cloud|completion)\\.ts$', '^packages/cli/src/systems/', test],
      },
      to: { path: '^packages/cli/src/systems/' },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'Each adapter keeps one port; what two of them share is a decision and belongs to core.',
      severity: 'error',
      from: { path: '^packages/cli/src/systems/([^/]+)/' },
      to: { path: '^packages/cli/src/systems/([^/]+)/', pathNot: '^packages/cli/src/systems/$1/' },
    },
    {
      name: 'one-adapter-knows-the-sdk',
      comment:
        "No type or error of AWS's SDK passes the adapter: what the tool decides is decided in our nouns.",
      severity: 'error',
      from: { path: '^packages/(core|templates|cli)', pathNot: ['^packages/cli/src/systems/aws/', test] },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'sandbox-knows-nobody',
      comment: 'An AWS does not know its clients: what the tool needs must not leak into how AWS answers.',
      severity: 'error',
      from: { path: '^packages/sandbox' },
      to: { path: '^packages/(core|templates|cli)' },
    },
    {
      name: 'one-adapter-opens-the-sandbox',
      comment: 'Everything else talks to it as it talks to AWS.',
      severity: 'error',
      from: { path: '^packages/(core|templates|cli)', pathNot: ['^packages/cli/src/systems/sandbox/', test] },
      to: { path: '^packages/sandbox' },
    },
    {
      name: 'services-are-strangers',
      comment:
        "In the sandbox as in AWS, a service reaches another's resources through the account's state alone.",
      severity: 'error',
      from: { path: '^packages/sandbox/src/(ec2|sts)/' },
      to: { path: '^packages/sandbox/src/(ec2|sts)/', pathNot: '^packages/sandbox/src/$1/' },
    },
    {
      name: 'hosts-drivers-are-strangers',
      comment: 'Another driver of the hosts port must fit without a change outside of its folder.',
      severity: 'error',
      from: { path: '^packages/sandbox/src/', pathNot: '^packages/sandbox/src/hosts/([^/]+)/' },
      to: { path: '^packages/sandbox/src/hosts/[^/]+/' },
    },
    {
      name: 'adapters-see-ports-only',
      comment: 'An adapter keeps a promise; it does not know which action asked.',
      severity: 'error',
      from: { path: '^packages/cli/src/systems/' },
      to: { path: '^packages/core/src/(actions|chef|generated-files|action\\.ts)' },
    },
    {
      name: 'views-show-and-do-nothing-else',
      comment: 'A view gets events and results; it must look the same whatever system made them.',
      severity: 'error',
      from: { path: '^packages/cli/src/views' },
      to: { path: '^packages/(cli/src/(systems|wire)|core/src/(actions|generated-files|chef))' },
    },
    {
      name: 'tests-stay-tests',
      comment: 'What only a test needs must not be in the product.',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(generated|dist|\\.tools|\\.build)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
}
