// Made from spec/contract by tools/generate; changes here are lost.

import { connect, type RpcStoreClient } from "../src/node.js";

/** How the examples of spec/reference.md begin. */
export function open(): RpcStoreClient {
  const client = connect("unix:/run/rpcstore/rpcstore.sock");
  return client;
}

export async function rpcDiscover0(client: RpcStoreClient): Promise<void> {
  const document = await client.rpc.discover();
  console.log(document);
}

export async function serverInfo0(client: RpcStoreClient): Promise<void> {
  const info = await client.server.info();
  console.log(info);
}

export async function serverStatus0(client: RpcStoreClient): Promise<void> {
  const status = await client.server.status();
  console.log(status);
}

export async function authChallenge0(client: RpcStoreClient): Promise<void> {
  const challenge = await client.auth.challenge(
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOvj1mwD2mP9H9sV1K9xe+P1GR+dsh8r/bYVlsledtox",
  );
  console.log(challenge);
}

export async function authLogin0(client: RpcStoreClient): Promise<void> {
  const login = await client.auth.login(
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOvj1mwD2mP9H9sV1K9xe+P1GR+dsh8r/bYVlsledtox",
    "b3JkZXIgaXMgdGhlIGZpcnN0IGxhdyBvZiBoZWF2ZW4",
    "-----BEGIN SSH SIGNATURE-----\n…\n-----END SSH SIGNATURE-----\n",
  );
  console.log(login);
}

export async function authResume0(client: RpcStoreClient): Promise<void> {
  const identity = await client.auth.resume("rpcstore_K3p0V8m2Q1xqk8aJb3Zs0TnE5cYwRf7uHgLdXoMiPvA");
  console.log(identity);
}

export async function authLogout0(client: RpcStoreClient): Promise<void> {
  const identity = await client.auth.logout();
  console.log(identity);
}

export async function authWhoami0(client: RpcStoreClient): Promise<void> {
  const identity = await client.auth.whoami();
  console.log(identity);
}

export async function authSessions0(client: RpcStoreClient): Promise<void> {
  const page = await client.auth.sessions();
  console.log(page);
}

export async function authRevoke0(client: RpcStoreClient): Promise<void> {
  const session = await client.auth.revoke("8f14e45fceea167a5a36dedd4bea2543");
  console.log(session);
}

export async function accountsCreate0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.create("reader", "user", {
    publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUig2TZPwqBuFtICDI5/aYaeV+zIUDAuonRV+m2RnOl",
    label: "laptop",
  });
  console.log(account);
}

export async function accountsGet0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.get("shown");
  console.log(account);
}

export async function accountsList0(client: RpcStoreClient): Promise<void> {
  const page = await client.accounts.list();
  console.log(page);
}

export async function accountsUpdate0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.update("changed", { disabled: true });
  console.log(account);
}

export async function accountsDelete0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.delete("removed");
  console.log(account);
}

export async function accountsAddKey0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.addKey(
    "keyed",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEctTRuswmuiv9fEJVuTCKNLFWOe/y7ebPQeWpl19NDM",
    { label: "phone" },
  );
  console.log(account);
}

export async function accountsRemoveKey0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.removeKey("unkeyed", "SHA256:0EnA7aF8Q8KYa61c2XJMXPinbiWlz0vYpqa80gvHTQc");
  console.log(account);
}

export async function accountsSetPassword0(client: RpcStoreClient): Promise<void> {
  const account = await client.accounts.setPassword("passworded", { password: "an example of a password" });
  console.log(account);
}

export async function blobsHas0(client: RpcStoreClient): Promise<void> {
  const ids = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "0000000000000000000000000000000000000000000000000000000000000000",
  ];
  const presence = await client.blobs.has(ids);
  console.log(presence);
}

export async function blobsStat0(client: RpcStoreClient): Promise<void> {
  const ids = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "0000000000000000000000000000000000000000000000000000000000000000",
  ];
  const stats = await client.blobs.stat(ids);
  console.log(stats);
}

export async function blobsList0(client: RpcStoreClient): Promise<void> {
  const page = await client.blobs.list();
  console.log(page);
}

export async function blobsPut0(client: RpcStoreClient): Promise<void> {
  const blob = await client.blobs.put(new TextEncoder().encode("hello"));
  console.log(blob);
}

export async function blobsPut1(client: RpcStoreClient): Promise<void> {
  const blob = await client.blobs.put(new TextEncoder().encode(""), {
    id: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  });
  console.log(blob);
}

export async function blobsGet0(client: RpcStoreClient): Promise<void> {
  const content = await client.blobs.get("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  console.log(content);
}

export async function blobsVerify0(client: RpcStoreClient): Promise<void> {
  const ids = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "0000000000000000000000000000000000000000000000000000000000000000",
  ];
  const verification = await client.blobs.verify(ids);
  console.log(verification);
}

export async function blobsScrub0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.blobs.scrub({ wait: true });
  console.log(transfer);
}

export async function blobsDelete0(client: RpcStoreClient): Promise<void> {
  const ids = ["0000000000000000000000000000000000000000000000000000000000000000"];
  const deletions = await client.blobs.delete(ids);
  console.log(deletions);
}

export async function blobsCollect0(client: RpcStoreClient): Promise<void> {
  const collection = await client.blobs.collect(true);
  console.log(collection);
}

export async function blobsUpload0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.blobs.upload();
  console.log(transfer);
}

export async function blobsDownload0(client: RpcStoreClient): Promise<void> {
  const ids = ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"];
  const transfer = await client.blobs.download(ids);
  console.log(transfer);
}

export async function transfersGet0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.transfers.get("8f14e45fceea167a5a36dedd4bea2543");
  console.log(transfer);
}

export async function transfersList0(client: RpcStoreClient): Promise<void> {
  const page = await client.transfers.list({ state: "running" });
  console.log(page);
}

export async function transfersCancel0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.transfers.cancel("8f14e45fceea167a5a36dedd4bea2543");
  console.log(transfer);
}

export async function flistsList0(client: RpcStoreClient): Promise<void> {
  const page = await client.flists.list();
  console.log(page);
}

export async function flistsGet0(client: RpcStoreClient): Promise<void> {
  const flist = await client.flists.get("shown", { account: "local" });
  console.log(flist);
}

export async function flistsTree0(client: RpcStoreClient): Promise<void> {
  const page = await client.flists.tree("walked", { account: "local" });
  console.log(page);
}

export async function flistsPut0(client: RpcStoreClient): Promise<void> {
  const base64 =
    "H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoTmDoamhoYGBkamBEUjc3NzMkEHBgIEOoLS4JLEIaCXDyAQ2GYZ2Hqk5Ofk2+kAWF8MoGAWjYBSMgpEBAI6tBeAACAAA";
  const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const uploaded = await client.flists.put("put", data, { account: "local" });
  console.log(uploaded);
}

export async function flistsUpload0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.flists.upload("site", { account: "local" });
  console.log(transfer);
}

export async function flistsDownload0(client: RpcStoreClient): Promise<void> {
  const transfer = await client.flists.download("fetched", { account: "local", format: "tarGz" });
  console.log(transfer);
}

export async function flistsUpdate0(client: RpcStoreClient): Promise<void> {
  const flist = await client.flists.update("changed-site", true, { account: "local" });
  console.log(flist);
}

export async function flistsVerify0(client: RpcStoreClient): Promise<void> {
  const verification = await client.flists.verify("verified", { account: "local" });
  console.log(verification);
}

export async function flistsDiff0(client: RpcStoreClient): Promise<void> {
  const diff = await client.flists.diff("compared", "compared", { beforeAccount: "local", afterAccount: "local" });
  console.log(diff);
}

export async function flistsDelete0(client: RpcStoreClient): Promise<void> {
  const deletion = await client.flists.delete("deleted", { account: "local" });
  console.log(deletion);
}

export async function sitesPublish0(client: RpcStoreClient): Promise<void> {
  const site = await client.sites.publish("shown-site", { account: "local", prefix: "/shown", public: true });
  console.log(site);
}

export async function sitesList0(client: RpcStoreClient): Promise<void> {
  const page = await client.sites.list();
  console.log(page);
}

export async function sitesUpdate0(client: RpcStoreClient): Promise<void> {
  const site = await client.sites.update("/shown", { index: false });
  console.log(site);
}

export async function sitesUnpublish0(client: RpcStoreClient): Promise<void> {
  const site = await client.sites.unpublish("/shown");
  console.log(site);
}

export async function journalQuery0(client: RpcStoreClient): Promise<void> {
  const page = await client.journal.query({ method: "auth.login", outcome: "unauthenticated" });
  console.log(page);
}

export async function journalTotals0(client: RpcStoreClient): Promise<void> {
  const by = ["account"] as const;
  const totals = await client.journal.totals({ by });
  console.log(totals);
}

export async function journalWatch0(client: RpcStoreClient): Promise<void> {
  const end = await client.journal.watch({ onProgress: (value) => console.log(value), after: 0, limit: 1 });
  console.log(end);
}
