import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import type { IConversionOptions, INamespace, Method, Type } from 'protobufjs';
import { Root } from 'protobufjs/light';

/** Messages as plain objects that hold every field. */
const conversion: IConversionOptions = {
  longs: Number,
  enums: Number,
  bytes: Buffer,
  defaults: true,
  oneofs: true,
};

const services = new Map<5 | 6, ServiceDefinition>();

/**
 * The methods of a version of the plugin protocol. They come from `tfplugin<version>.json`, made of the .proto file
 * beside it by `node scripts/protocol-json.mjs`: to parse that one would take most of a provider's start.
 */
export function providerService(version: 5 | 6): ServiceDefinition {
  const known = services.get(version) ?? readService(version);
  services.set(version, known);
  return known;
}

function readService(version: 5 | 6): ServiceDefinition {
  const file = join(__dirname, `tfplugin${version}.json`);
  const root = Root.fromJSON(JSON.parse(readFileSync(file, 'utf8')) as INamespace).resolveAll();
  const service = root.lookupService(`tfplugin${version}.Provider`);
  return Object.fromEntries(
    service.methodsArray.map(method => [method.name, definitionOf(`tfplugin${version}.Provider`, method)]),
  );
}

function definitionOf(service: string, method: Method): MethodDefinition<object, object> {
  const request = codecOf(method.resolvedRequestType);
  const response = codecOf(method.resolvedResponseType);
  return {
    path: `/${service}/${method.name}`,
    requestStream: method.requestStream ?? false,
    responseStream: method.responseStream ?? false,
    requestSerialize: request.serialize,
    requestDeserialize: request.deserialize,
    responseSerialize: response.serialize,
    responseDeserialize: response.deserialize,
  };
}

interface Codec {
  readonly serialize: (message: object) => Buffer;
  readonly deserialize: (bytes: Buffer) => object;
}

function codecOf(type: Type | null): Codec {
  if (!type) throw new Error('a method of the protocol names an unknown message');
  // Each command of Terraform asks for the schemas, which are the largest message, and the same object each time.
  const written = new WeakMap<object, Buffer>();
  return {
    serialize: message => {
      const bytes = written.get(message) ?? Buffer.from(type.encode(type.fromObject(message)).finish());
      written.set(message, bytes);
      return bytes;
    },
    deserialize: bytes => type.toObject(type.decode(bytes), conversion),
  };
}
