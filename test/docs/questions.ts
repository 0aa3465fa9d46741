/**
 * Questions of a platform engineer's first hour, and where the docs answer each: a page, and its heading. They were written before the
 * pages on calling models, rotation and placement surprises.
 */
export const questions: readonly (readonly [question: string, page: string, heading: string])[] = [
  ['What do I need installed?', 'docs/own-project.md', '1. Install'],
  ['How do I begin a repository for my team?', 'README.md', 'In your own project'],
  ['What may I write into an environment?', 'docs/environment.md', 'The file'],
  ['What does a workload have to say of its traffic?', 'docs/environment.md', 'workloads[].traffic'],
  ['Why did it choose this place?', 'docs/explain.md', 'One workload in the table'],
  [
    'Why did it choose a place that I did not expect?',
    'docs/placement-surprises.md',
    'It is hosted, and I wanted my own machine',
  ],
  [
    'Why does it pass over a model that I know is good enough?',
    'docs/placement-surprises.md',
    'It passes over a model that I know',
  ],
  [
    'Why did nothing move though prices changed?',
    'docs/placement-surprises.md',
    'Nothing moves, though another place is cheaper',
  ],
  [
    'Why does no placement meet every requirement?',
    'docs/placement-surprises.md',
    'Nothing meets every requirement',
  ],
  ['Why are two workloads on one machine?', 'docs/placement-surprises.md', 'Two workloads share a machine'],
  [
    'How do I make it use one model and nothing else?',
    'docs/placement-surprises.md',
    'I want this model and no other',
  ],
  [
    'How do I name a file of weights that I trust?',
    'docs/placement-surprises.md',
    'It asks for weights or an engine',
  ],
  ['Can I try it without an account?', 'README.md', 'Berth'],
  ['What does a rehearsal not show?', 'docs/rehearsal-fidelity.md', 'Absent'],
  ['How do I call a model from my code?', 'docs/calling-models.md', 'From an OpenAI client'],
  ['Where is the key of a model on our machines?', 'docs/calling-models.md', 'Keys and tokens'],
  ['Which certificate do I trust?', 'docs/calling-models.md', 'The certificate of a host'],
  ['How does an application get the rights to call?', 'docs/calling-models.md', 'Who may call'],
  ['How do I rotate the key of a host or device?', 'docs/rotation.md', 'Keys of hosts and devices'],
  ['When do certificates end, and what renews them?', 'docs/rotation.md', 'Certificates'],
  ['What do I do when a key has leaked?', 'docs/rotation.md', 'A key that leaked'],
  ['Which rights does the pipeline need?', 'docs/delivery.md', 'The least rights'],
  [
    'How does the pipeline log in without a secret?',
    'docs/delivery.md',
    'Who deploys: a login without a secret',
  ],
  ['What does a reviewer see of a change?', 'docs/delivery.md', 'What a pull request shows'],
  ['How do I get from dev to prod?', 'docs/delivery.md', 'From dev to prod'],
  ['How do several teams share a repository?', 'docs/delivery.md', 'Many teams in one repository'],
  [
    'How do I notice that somebody changed something by hand?',
    'docs/commands.md',
    'Comparing with what stands',
  ],
  ['Where is the state, and how do I move it?', 'docs/state.md', 'Moving them'],
  ['What does each exit status mean?', 'docs/commands.md', 'Exit status'],
  ['A deploy failed: what now?', 'docs/when-a-deploy-fails.md', 'When a deploy fails'],
];
