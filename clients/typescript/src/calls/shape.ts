import { fromBase64 } from "./base64.js";
import { ProtocolError } from "./errors.js";

/** How a value is read: a scalar, a list of one kind, or an object. */
export type Kind = "text" | "integer" | "bigint" | "boolean" | "bytes" | "json" | readonly [Kind] | Shape;

/** How an object is read: its members, with a question mark behind those that may be absent. Others are passed over. */
export interface Shape {
  readonly [member: string]: Kind;
}

interface Member {
  readonly name: string;
  readonly kind: Kind;
  readonly isOptional: boolean;
}

const members = new WeakMap<Shape, readonly Member[]>();

/**
 * Reads a value that a server sent.
 *
 * @param value - As {@link parseJson} gives it.
 * @param kind - What it has to be.
 * @param at - What it is called in errors.
 * @throws {@link ProtocolError} The value is something else; the message says where.
 */
export function readValue(value: unknown, kind: Kind, at: string): unknown {
  if (typeof kind === "string") {
    return readScalar(value, kind, at);
  }
  if (isList(kind)) {
    if (!Array.isArray(value)) {
      throw misfit(at, "a list", value);
    }
    return value.map((item: unknown, index) => readValue(item, kind[0], `${at}/${index}`));
  }
  if (!isObject(value)) {
    throw misfit(at, "an object", value);
  }
  return readMembers(value, kind, at);
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMembers(value: Record<string, unknown>, shape: Shape, at: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { name, kind, isOptional } of membersOf(shape)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || (member === null && isOptional)) {
      if (!isOptional) {
        throw new ProtocolError(`the server's answer lacks ${at}/${name}`);
      }
      continue;
    }
    result[name] = readValue(member, kind, `${at}/${name}`);
  }
  return result;
}

function membersOf(shape: Shape): readonly Member[] {
  let known = members.get(shape);
  if (known === undefined) {
    known = Object.entries(shape).map(([key, kind]) => {
      const isOptional = key.endsWith("?");
      return { name: isOptional ? key.slice(0, -1) : key, kind, isOptional };
    });
    members.set(shape, known);
  }
  return known;
}

function readScalar(value: unknown, kind: string, at: string): unknown {
  switch (kind) {
    case "text":
      return typeof value === "string" ? value : refuse(at, "text", value);
    case "boolean":
      return typeof value === "boolean" ? value : refuse(at, "true or false", value);
    case "integer":
      return Number.isSafeInteger(value) ? value : refuse(at, "an integer", value);
    case "bigint":
      return typeof value === "bigint" || Number.isSafeInteger(value)
        ? BigInt(value as number | bigint)
        : refuse(at, "an integer", value);
    case "bytes":
      return readBytes(value, at);
    default:
      return isObject(value) ? value : refuse(at, "an object", value);
  }
}

function readBytes(value: unknown, at: string): Uint8Array {
  if (typeof value !== "string") {
    return refuse(at, "base64", value);
  }
  try {
    return fromBase64(value);
  } catch (error) {
    throw new ProtocolError(`the server's answer has no base64 in ${at}`, { cause: error });
  }
}

function isList(kind: Exclude<Kind, string>): kind is readonly [Kind] {
  return Array.isArray(kind);
}

function refuse(at: string, wanted: string, value: unknown): never {
  throw misfit(at, wanted, value);
}

function misfit(at: string, wanted: string, value: unknown): ProtocolError {
  const got = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  return new ProtocolError(`the server's answer should have ${wanted} in ${at} and has ${got}`);
}
