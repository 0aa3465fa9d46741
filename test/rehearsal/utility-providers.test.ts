import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils } from 'ssh2';
import { realProviderNotes } from '../../rehearsal/run/provider-use';
import { TerraformFolder } from './terraform-folder';
import type { Configuration } from './terraform-folder';

const folder = new TerraformFolder();
afterAll(() => folder.stop());

interface Instance {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The attributes of the resources of a type, by the order of their names. */
function attributesOf(type: string): Readonly<Record<string, unknown>>[] {
  return folder
    .state()
    .resources.filter(each => each.type === type)
    .flatMap(({ instances }) => (instances as readonly Instance[]).map(({ attributes }) => attributes));
}

async function applied(configuration: Configuration): Promise<string> {
  await folder.start(configuration);
  const { code, text } = await folder.apply();
  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  const again = await folder.run('plan -detailed-exitcode -input=false');
  expect({ code: again.code, text: again.code === 0 ? '' : again.text }).toEqual({ code: 0, text: '' });
  return text;
}

const keys = {
  tls_private_key: {
    rsa: { algorithm: 'RSA' },
    ecdsa: { algorithm: 'ECDSA', ecdsa_curve: 'P384' },
    ed25519: { algorithm: 'ED25519' },
  },
};

describe('hashicorp/tls', () => {
  it('makes key pairs that others read, and certificates that verify', async () => {
    await applied({
      resource: {
        ...keys,
        tls_self_signed_cert: {
          authority: {
            private_key_pem: '${tls_private_key.rsa.private_key_pem}',
            subject: { common_name: 'Example, Inc', organization: 'Example' },
            is_ca_certificate: true,
            validity_period_hours: 24,
            allowed_uses: ['cert_signing'],
          },
        },
        tls_cert_request: {
          leaf: {
            private_key_pem: '${tls_private_key.ecdsa.private_key_pem}',
            subject: { common_name: 'leaf' },
            dns_names: ['leaf.example.com'],
            ip_addresses: ['10.0.0.1'],
          },
        },
        tls_locally_signed_cert: {
          leaf: {
            cert_request_pem: '${tls_cert_request.leaf.cert_request_pem}',
            ca_private_key_pem: '${tls_private_key.rsa.private_key_pem}',
            ca_cert_pem: '${tls_self_signed_cert.authority.cert_pem}',
            validity_period_hours: 12,
            allowed_uses: ['server_auth', 'digital_signature'],
          },
        },
      },
      data: {
        tls_certificate: { leaf: { content: '${tls_locally_signed_cert.leaf.cert_pem}' } },
        tls_public_key: { rsa: { private_key_pem: '${tls_private_key.rsa.private_key_pem}' } },
      },
    });
    for (const pair of attributesOf('tls_private_key').filter(
      each => each.private_key_openssh !== undefined,
    )) {
      const [pem, ssh] = [String(pair['private_key_pem']), String(pair['private_key_openssh'])];
      const key = utils.parseKey(ssh);
      if (key instanceof Error) throw key;
      // Two readers agree on one key: ssh2 of the OpenSSH form, Node.js of the PEM.
      const half = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' });
      expect(createPublicKey(key.getPublicPEM()).export({ type: 'spki', format: 'pem' })).toBe(half);
      expect(pair['public_key_pem']).toBe(half);
      const [type, blob] = String(pair['public_key_openssh']).trim().split(' ');
      expect([type, blob]).toEqual([key.type, key.getPublicSSH().toString('base64')]);
    }
    const [authority] = attributesOf('tls_self_signed_cert');
    const [leaf] = attributesOf('tls_locally_signed_cert');
    const issuer = new X509Certificate(String(authority?.['cert_pem']));
    const issued = new X509Certificate(String(leaf?.['cert_pem']));
    expect(issuer.verify(issuer.publicKey)).toBe(true);
    expect(issued.verify(issuer.publicKey)).toBe(true);
    expect(issued.checkIssued(issuer)).toBe(true);
    expect([issuer.ca, issued.ca]).toEqual([true, false]);
    expect(issuer.subject).toBe('CN=Example\\, Inc\nO=Example');
    expect(issued.subjectAltName).toBe('DNS:leaf.example.com, IP Address:10.0.0.1');
    expect(attributesOf('tls_public_key')[0]?.['public_key_pem']).toBe(
      attributesOf('tls_private_key').find(each => each['algorithm'] === 'RSA')?.['public_key_pem'],
    );
  });
});

const randoms = {
  random_id: { name: { byte_length: 4, prefix: 'x-', keepers: { of: '1' } } },
  random_integer: { port: { min: 8000, max: 8010 } },
  random_password: { admin: { length: 24, min_special: 4, override_special: '!#' } },
  random_pet: { name: { length: 3, separator: '.' } },
  random_shuffle: { zone: { input: ['1', '2', '3'], result_count: 5 } },
  random_string: {
    a: { length: 8, special: false, upper: false },
    b: { length: 8, special: false, upper: false },
  },
  random_uuid: { u: {} },
};

describe('hashicorp/random', () => {
  it('draws what its arguments allow, the same in every rehearsal', async () => {
    await applied({ resource: randoms });
    const drawn = Object.keys(randoms).map(type => attributesOf(type));
    expect(String(attributesOf('random_id')[0]?.['hex'])).toMatch(/^x-[0-9a-f]{8}$/);
    expect(attributesOf('random_integer')[0]?.['result']).toBeGreaterThanOrEqual(8000);
    expect(attributesOf('random_integer')[0]?.['result']).toBeLessThanOrEqual(8010);
    const password = String(attributesOf('random_password')[0]?.['result']);
    expect(password).toMatch(/^[A-Za-z0-9!#]{24}$/);
    expect(password.replace(/[^!#]/g, '').length).toBeGreaterThanOrEqual(4);
    expect(String(attributesOf('random_pet')[0]?.['id'])).toMatch(/^[a-z]+\.[a-z]+\.[a-z]+$/);
    expect(attributesOf('random_shuffle')[0]?.['result']).toHaveLength(5);
    const texts = attributesOf('random_string').map(({ result }) => String(result));
    expect(texts.every(each => /^[a-z0-9]{8}$/.test(each))).toBe(true);
    expect(new Set(texts).size).toBe(2);
    await folder.run('destroy -auto-approve -input=false');
    await applied({ resource: randoms });
    const again = Object.keys(randoms).map(type => attributesOf(type));
    // Which of two that ask the same is first is Terraform's to say.
    const inOrder = (each: typeof drawn) =>
      JSON.stringify(each.map(list => list.map(one => JSON.stringify(one)).sort()));
    expect(inOrder(again)).toBe(inOrder(drawn));
  });

  it('draws again when a keeper changes, and says no to what cannot be', async () => {
    folder.write({
      resource: { ...randoms, random_id: { name: { ...randoms.random_id.name, keepers: { of: '2' } } } },
    });
    const { text } = await folder.run('plan -input=false');
    expect(text).toContain('random_id.name must be replaced');
    expect(text).toContain('Plan: 1 to add, 0 to change, 1 to destroy.');
    folder.write({ resource: { random_password: { admin: { length: 3, min_special: 4 } } } });
    expect((await folder.run('validate')).text).toContain('Attribute length value must be at least 4');
  });
});

describe('hashicorp/time', () => {
  const times = (days: number) => ({
    time_static: { birth: { rfc3339: '2026-01-31T10:00:00Z' } },
    time_offset: {
      end: { base_rfc3339: '${time_static.birth.rfc3339}', offset_months: 1, offset_days: days },
    },
    time_rotating: { key: { rfc3339: '2026-01-31T10:00:00Z', rotation_days: 30 } },
    time_sleep: { wait: { create_duration: '10m' } },
  });

  it('reckons as Go does, and waits for nothing', async () => {
    await applied({ resource: times(0) });
    // The 31st of February is the third of March.
    expect(attributesOf('time_offset')[0]).toMatchObject({
      rfc3339: '2026-03-03T10:00:00Z',
      month: 3,
      unix: 1772532000,
    });
    expect(attributesOf('time_rotating')[0]).toMatchObject({ rotation_rfc3339: '2026-03-02T10:00:00Z' });
  });

  it('changes an offset in place, with the new time in the plan', async () => {
    folder.write({ resource: times(1) });
    const { text } = await folder.run('plan -input=false');
    expect(text).toContain('time_offset.end will be updated in-place');
    expect(text).toContain('rfc3339 = "2026-03-03T10:00:00Z" -> "2026-03-04T10:00:00Z"');
  });
});

describe('providers of files, programs and calls', () => {
  it('write nothing, run nothing and call nobody', async () => {
    writeFileSync(join(folder.path, 'given.txt'), 'given');
    const text = await applied({
      resource: {
        null_resource: { after: { triggers: { of: '${local_file.made.content_sha256}' } } },
        local_file: { made: { filename: '/nowhere/made.txt', content: 'made' } },
        modtm_telemetry: { sent: { tags: { of: 'a' } } },
      },
      data: {
        local_file: { back: { filename: '/nowhere/made.txt', depends_on: ['local_file.made'] } },
        archive_file: {
          zip: { type: 'zip', output_path: 'x.zip', source: [{ filename: 'a', content: 'b' }] },
        },
        http: { ip: { url: 'https://api.ipify.org?format=json' } },
      },
      output: {
        back: { value: '${data.local_file.back.content}' },
        ip: { value: '${jsondecode(data.http.ip.response_body).ip}' },
        size: { value: '${data.archive_file.zip.output_size > 0}' },
      },
      terraform: {
        required_providers: {
          azapi: { source: 'azure/azapi' },
          azurerm: { source: 'hashicorp/azurerm' },
          modtm: { source: 'Azure/modtm' },
        },
      },
    });
    expect(text).toContain('back = "made"');
    expect(text).toContain('ip = "203.0.113.7"');
    expect(text).toContain('size = true');
  });

  it('say what they would have called', async () => {
    folder.write({ data: { http: { api: { url: 'https://example.com/prices' } } } });
    const { code, text } = await folder.run('plan -input=false');
    expect(code).toBe(1);
    expect(text).toContain('A rehearsal asks nobody');
    expect(text).toContain('data.http would call https://example.com/prices.');
  });
});

it('says which providers are not simulated, before they are downloaded and run', () => {
  const json = {
    terraform: {
      required_providers: { aws: { source: 'hashicorp/aws' }, kube: { source: 'alekc/kubectl' } },
    },
    resource: {
      random_pet: { p: {} },
      docker_image: { i: {} },
      terraform_data: { d: {} },
      aws_vpc: { v: {} },
      kube_manifest: { m: {} },
    },
  };
  expect(realProviderNotes([{ name: 's', directory: '.', dependencies: [], json }], '/')).toEqual([
    'alekc/kubectl is not simulated: Terraform takes it from your mirror, cache or registry, as its CLI configuration says, and runs it for real; where its bindings are installed (@cdktf/provider-kubectl), they are simulated instead',
    'hashicorp/aws is not simulated: Terraform takes it from your mirror, cache or registry, as its CLI configuration says, and runs it for real; where its bindings are installed (@cdktf/provider-aws), they are simulated instead',
    'hashicorp/docker is not simulated: Terraform takes it from your mirror, cache or registry, as its CLI configuration says, and runs it for real; where its bindings are installed (@cdktf/provider-docker), they are simulated instead',
  ]);
});

it('answers the functions of providers', async () => {
  const network = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net';
  await folder.start({
    output: {
      parsed: { value: `\${provider::azurerm::parse_resource_id("${network}/subnets/a")}` },
      normal: { value: `\${provider::azurerm::normalise_resource_id("/Subscriptions/s/resourcegroups/rg")}` },
      built: {
        value: `\${provider::azapi::build_resource_id("${network}", "Microsoft.Network/virtualNetworks/subnets", "a")}`,
      },
      below: {
        value:
          '${provider::azapi::resource_group_resource_id("s", "rg", "Microsoft.Network/virtualNetworks/subnets", ["net", "a"])}',
      },
      parent: {
        value: `\${provider::azapi::parse_resource_id("Microsoft.Network/virtualNetworks", "${network}").parent_id}`,
      },
      unique: { value: '${length(provider::azapi::unique_string(["a", "b"]))}' },
    },
  });
  const { text } = await folder.apply();
  expect(text).toContain('"full_resource_type" = "Microsoft.Network/virtualNetworks/subnets"');
  expect(text).toContain('"parent_resources" = tomap({ "virtualNetworks" = "net" })');
  expect(text).toContain('"resource_name" = "a"');
  expect(text).toContain('normal = "/subscriptions/s/resourceGroups/rg"');
  expect(text).toContain(`built = "${network}/subnets/a"`);
  expect(text).toContain(`below = "${network}/subnets/a"`);
  expect(text).toContain('parent = "/subscriptions/s/resourceGroups/rg"');
  expect(text).toContain('unique = 13');
});
