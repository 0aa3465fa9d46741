/** Steps that every job begins with. Actions are pinned by tag; docs/delivery.md says how to pin them by commit. */
const prepared = (checkout = ''): string => `      - uses: actions/checkout@v5
        with:
          persist-credentials: false
${checkout}      - uses: actions/setup-node@v5
        with:
          node-version-file: .nvmrc
          cache: npm
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_wrapper: false
      - run: npm ci
`;

/** How Terraform logs in: by the token that GitHub signs for this run (OIDC), so that no secret is kept anywhere. */
const login = `      ARM_USE_OIDC: 'true'
      ARM_CLIENT_ID: \${{ vars.AZURE_CLIENT_ID }}
      ARM_TENANT_ID: \${{ vars.AZURE_TENANT_ID }}
      ARM_SUBSCRIPTION_ID: \${{ vars.AZURE_SUBSCRIPTION_ID }}
`;

/** On a pull request: tests, and one comment with what the change moves, costs, replaces and destroys. No login: nothing is reached. */
export const planWorkflow = (environment: string): string => {
  const lock = `config/environments/${environment}.lock.json`;
  const marker = `<!-- berth ${environment} -->`;
  return `name: plan

on: pull_request

permissions:
  contents: read
  pull-requests: write

concurrency:
  group: plan-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
${prepared('          fetch-depth: 0\n')}      - run: npm run check
      - run: npm test
      - name: What the change moves, costs, replaces and destroys
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: |
          echo '${marker}' > comment.md
          if git show "$BASE:${lock}" > base.lock.json; then
            npx berth explain --diff base.lock.json ${lock} --markdown >> comment.md
            npx berth preview ${environment} --against "$BASE" --markdown >> comment.md
          else
            npx berth explain ${environment} --markdown >> comment.md
          fi
          head -c 65000 comment.md > body.md
          cat body.md >> "$GITHUB_STEP_SUMMARY"
      - name: One comment, updated
        if: github.event.pull_request.head.repo.full_name == github.repository
        env:
          GH_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.pull_request.number }}
        run: |
          comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
          id=$(gh api "$comments" --paginate --jq '.[] | select(.body | startswith("${marker}")) | .id' | head -n 1)
          if [ -n "$id" ]; then
            gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F body=@body.md
          else
            gh api --silent "$comments" -F body=@body.md
          fi
`;
};

const untilStated =
  "    # Does nothing until the repository's variables say who deploys: docs/delivery.md of Berth.\n";

/** A job that logs in to Azure, one at a time with the deploys of the environment. */
const jobInAzure = (environment: string, command: string, comment = ''): string => `permissions:
  contents: read
  id-token: write

concurrency:
  group: deploy-${environment}

jobs:
  ${environment}:
${comment}    if: vars.AZURE_CLIENT_ID != ''
    runs-on: ubuntu-latest
    environment: ${environment}
    env:
${login}    steps:
${prepared()}      - run: npx berth ${command}
`;

/** On a merge: the lock of the main branch is deployed, one deploy at a time. */
export const deployWorkflow = (environment: string): string => `name: deploy

on:
  push:
    branches: [main]
  workflow_dispatch:

${jobInAzure(environment, `deploy ${environment} --auto-approve`, untilStated)}`;

/** Each night: what somebody changed by hand. Status 2 fails the run, which tells those who watch it. */
export const driftWorkflow = (environment: string): string => `name: drift

on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:

${jobInAzure(environment, `drift ${environment}`)}`;
