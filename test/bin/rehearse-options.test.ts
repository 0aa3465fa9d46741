import { rehearseOptions } from '../../bin/rehearse-options';

describe('the options of berth rehearse', () => {
  it('take ARM ids for what exists, and nothing else', () => {
    expect(() => rehearseOptions({ existing: ['vnet-shared'] })).toThrow(
      "--existing: an ARM id is allowed, got 'vnet-shared'; write it like /subscriptions/…/resourceGroups/…",
    );
  });

  it('name failures at the n-th write, or on a resource', () => {
    const fault = ['throttle', 'conflict@3', 'timeout:azurerm_key_vault', 'server-error@2:/subscriptions/*'];
    expect(rehearseOptions({ fault, keep: true, junit: 'j.xml', with: 'real', allowPrograms: true })).toEqual(
      {
        keep: true,
        update: false,
        existing: [],
        faults: [
          { name: 'throttle' },
          { name: 'conflict', nth: 3 },
          { name: 'timeout', resource: 'azurerm_key_vault' },
          { name: 'server-error', nth: 2, resource: '/subscriptions/*' },
        ],
        junit: 'j.xml',
        withReal: true,
        allowPrograms: true,
        json: false,
      },
    );
    expect(rehearseOptions({ planSnapshot: 'plan.txt' })).toEqual({
      update: false,
      keep: false,
      existing: [],
      faults: [],
      planSnapshot: 'plan.txt',
      withReal: false,
      allowPrograms: false,
      json: false,
    });
  });

  it('say all that is wrong at once', () => {
    const flags = {
      fault: ['throtle', 'conflict@0', 'timeout:', 'throttle@x:y'],
      with: 'fake',
      junit: 'test',
      planSnapshot: 'p',
    };
    const message = (): unknown => rehearseOptions(flags);
    expect(message).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: expect.stringMatching(
          new RegExp(
            [
              "^--fault: one of conflict, throttle, .*provider-dies.* is allowed, got 'throtle'; did you mean throttle\\?",
              "--fault conflict@0: the number of an operation, from 1, is allowed after @, got '0'; write it like conflict@3",
              '--fault timeout:: a Terraform type or an ARM id, with \\* for any text, is needed after the colon, got nothing; write it like timeout:azurerm_key_vault',
              "--fault throttle@x:y: the number of an operation, from 1, is allowed after @, got 'x'; write it like throttle@3",
              "--with: real is allowed, got 'fake'; leave it out to use the simulated providers",
              '--plan-snapshot: a plan without failures is needed; leave out --fault, or this',
              "--junit: a file is allowed, got the directory 'test'; name a file in it$",
            ].join('\n'),
          ),
        ),
      }),
    );
  });
});
