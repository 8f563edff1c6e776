// Validates an OpenRPC document against the meta-schema that the OpenRPC project publishes: node validate-openrpc.mjs FILE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const unwrap = (module) => structuredClone(module.default ?? module);
const openRpc = unwrap(require('@open-rpc/meta-schema'));
const jsonSchema = unwrap(require('@json-schema-tools/meta-schema'));

// Its own "$schema" names the JSON-Schema.tools meta-schema, which is draft 7 by another name.
delete openRpc.$schema;
delete jsonSchema.$schema;

const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(jsonSchema, 'https://meta.json-schema.tools');
const validate = ajv.compile(openRpc);
const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (!validate(document)) {
  for (const error of validate.errors) console.log(`${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  process.exit(1);
}
console.log(`${process.argv[2]} is a valid OpenRPC ${document.openrpc} document with ${document.methods.length} methods`);
