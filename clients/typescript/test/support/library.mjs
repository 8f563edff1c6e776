// The build under test: dist, or the folder that RPCSTORE_DIST names.
import { fileURLToPath, pathToFileURL } from "node:url";

export const dist = process.env.RPCSTORE_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

/** A module of the build. */
export const load = (path) => import(pathToFileURL(`${dist}/${path}`).href);

export const library = await load("node.js");
