import { constants } from "node:fs";
import { lstat, open, readdir, readlink, type FileHandle } from "node:fs/promises";
import type { Stats } from "node:fs";
import { headOf, type TarHead } from "../bulk/tarHeads.js";
import { contentOf, endOfTar } from "../bulk/tarWriter.js";

const pieceBytes = 256 * 1024;

/** A folder as a tar, with itself as the root. */
export async function* writeFolder(folder: string): AsyncGenerator<Uint8Array, void> {
  yield headOf({ ...attributesOf(await lstat(`${folder}/.`)), name: "./", size: 0, type: "5" });
  yield* writeEntries(folder, "");
  yield endOfTar();
}

/** The bytes of a file. */
export async function* piecesOfFile(path: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path);
  try {
    yield* read(file);
  } finally {
    await file.close();
  }
}

async function* writeEntries(folder: string, prefix: string): AsyncGenerator<Uint8Array, void> {
  const names = (await readdir(folder, { encoding: "buffer" })).map((name) => decode(name, folder));
  for (const name of names.sort()) {
    const path = `${folder}/${name}`;
    const info = await lstat(path);
    const head = { ...attributesOf(info), name: prefix + name, size: 0 };
    if (info.isDirectory()) {
      yield headOf({ ...head, name: `${head.name}/`, type: "5" });
      yield* writeEntries(path, `${head.name}/`);
    } else if (info.isFile()) {
      yield* writeFile(path, head.name);
    } else if (!info.isSocket()) {
      yield headOf({ ...head, ...(await specialOf(path, info)) });
    }
  }
}

async function* writeFile(path: string, name: string): AsyncGenerator<Uint8Array, void> {
  // Whatever took its place since it was looked at, it is neither followed nor waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const info = await file.stat();
    yield headOf({ ...attributesOf(info), name, size: info.size });
    yield* contentOf(name, info.size, read(file));
  } finally {
    await file.close();
  }
}

async function specialOf(path: string, info: Stats): Promise<Pick<TarHead, "type" | "target" | "device">> {
  if (info.isSymbolicLink()) {
    return { type: "2", target: await readlink(path, { encoding: "buffer" }) };
  }
  if (info.isFIFO()) {
    return { type: "6" };
  }
  return { type: info.isCharacterDevice() ? "3" : "4", device: numbersOf(info.rdev) };
}

function attributesOf(info: Stats): Pick<TarHead, "mode" | "uid" | "gid" | "mtime"> {
  return { mode: info.mode & 0o7777, uid: info.uid, gid: info.gid, mtime: Math.floor(info.mtimeMs / 1000) };
}

/** The numbers of a device, as Linux packs them (makedev(3)). */
function numbersOf(device: number): [major: number, minor: number] {
  return [(device >>> 8) & 0xfff, (device & 0xff) | ((device >>> 12) & 0xfff00)];
}

async function* read(file: FileHandle): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    // A piece of its own: what is sent is not always out when the next is read.
    const { bytesRead, buffer } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes);
    if (bytesRead === 0) {
      return;
    }
    yield buffer.subarray(0, bytesRead);
  }
}

function decode(name: Buffer, folder: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch (error) {
    throw new TypeError(`'${name.toString()}' in ${folder} is not UTF-8: a flist cannot hold it`, { cause: error });
  }
}
