// Made from spec/contract by tools/generate; changes here are lost.

//! The examples of spec/reference.md: that they compile is the test.

#![allow(dead_code)]

use rpcstore_client::types::*;
use rpcstore_client::{Base64, BlobId, Client};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn open() -> Outcome {
    let client = Client::connect("unix:/run/rpcstore/rpcstore.sock").await?;
    drop(client);
    Ok(())
}

async fn rpc_discover0(client: &Client) -> Outcome {
    let document = client.rpc().discover().await?;
    println!("{document:?}");
    Ok(())
}

async fn server_info0(client: &Client) -> Outcome {
    let info = client.server().info().await?;
    println!("{info:?}");
    Ok(())
}

async fn server_status0(client: &Client) -> Outcome {
    let status = client.server().status().await?;
    println!("{status:?}");
    Ok(())
}

async fn auth_challenge0(client: &Client) -> Outcome {
    let public_key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOvj1mwD2mP9H9sV1K9xe+P1GR+dsh8r/bYVlsledtox";
    let challenge = client.auth().challenge(public_key).await?;
    println!("{challenge:?}");
    Ok(())
}

async fn auth_login0(client: &Client) -> Outcome {
    let public_key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOvj1mwD2mP9H9sV1K9xe+P1GR+dsh8r/bYVlsledtox";
    let nonce = "b3JkZXIgaXMgdGhlIGZpcnN0IGxhdyBvZiBoZWF2ZW4";
    let signature = "-----BEGIN SSH SIGNATURE-----\n…\n-----END SSH SIGNATURE-----\n";
    let login = client.auth().login(public_key, nonce, signature).await?;
    println!("{login:?}");
    Ok(())
}

async fn auth_resume0(client: &Client) -> Outcome {
    let token = "rpcstore_K3p0V8m2Q1xqk8aJb3Zs0TnE5cYwRf7uHgLdXoMiPvA";
    let identity = client.auth().resume(token).await?;
    println!("{identity:?}");
    Ok(())
}

async fn auth_logout0(client: &Client) -> Outcome {
    let identity = client.auth().logout().await?;
    println!("{identity:?}");
    Ok(())
}

async fn auth_whoami0(client: &Client) -> Outcome {
    let identity = client.auth().whoami().await?;
    println!("{identity:?}");
    Ok(())
}

async fn auth_sessions0(client: &Client) -> Outcome {
    let page = client.auth().sessions().await?;
    println!("{page:?}");
    Ok(())
}

async fn auth_revoke0(client: &Client) -> Outcome {
    let id = "8f14e45fceea167a5a36dedd4bea2543";
    let session = client.auth().revoke(id).await?;
    println!("{session:?}");
    Ok(())
}

async fn accounts_create0(client: &Client) -> Outcome {
    let public_key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUig2TZPwqBuFtICDI5/aYaeV+zIUDAuonRV+m2RnOl";
    let account = client
        .accounts()
        .create("reader", AccountRole::User)
        .public_key(public_key)
        .label("laptop")
        .await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_get0(client: &Client) -> Outcome {
    let account = client.accounts().get("shown").await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_list0(client: &Client) -> Outcome {
    let page = client.accounts().list().await?;
    println!("{page:?}");
    Ok(())
}

async fn accounts_update0(client: &Client) -> Outcome {
    let account = client.accounts().update("changed").disabled(true).await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_delete0(client: &Client) -> Outcome {
    let account = client.accounts().delete("removed").await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_add_key0(client: &Client) -> Outcome {
    let public_key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEctTRuswmuiv9fEJVuTCKNLFWOe/y7ebPQeWpl19NDM";
    let account = client
        .accounts()
        .add_key("keyed", public_key)
        .label("phone")
        .await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_remove_key0(client: &Client) -> Outcome {
    let fingerprint = "SHA256:0EnA7aF8Q8KYa61c2XJMXPinbiWlz0vYpqa80gvHTQc";
    let account = client.accounts().remove_key("unkeyed", fingerprint).await?;
    println!("{account:?}");
    Ok(())
}

async fn accounts_set_password0(client: &Client) -> Outcome {
    let password = "an example of a password";
    let account = client
        .accounts()
        .set_password("passworded")
        .password(password)
        .await?;
    println!("{account:?}");
    Ok(())
}

async fn blobs_has0(client: &Client) -> Outcome {
    let ids: [BlobId; 2] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?,
        "0000000000000000000000000000000000000000000000000000000000000000".parse()?,
    ];
    let presence = client.blobs().has(&ids).await?;
    println!("{presence:?}");
    Ok(())
}

async fn blobs_stat0(client: &Client) -> Outcome {
    let ids: [BlobId; 2] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?,
        "0000000000000000000000000000000000000000000000000000000000000000".parse()?,
    ];
    let stats = client.blobs().stat(&ids).await?;
    println!("{stats:?}");
    Ok(())
}

async fn blobs_list0(client: &Client) -> Outcome {
    let page = client.blobs().list().await?;
    println!("{page:?}");
    Ok(())
}

async fn blobs_put0(client: &Client) -> Outcome {
    let blob = client.blobs().put("hello").await?;
    println!("{blob:?}");
    Ok(())
}

async fn blobs_put1(client: &Client) -> Outcome {
    let id: BlobId = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?;
    let blob = client.blobs().put("").id(id).await?;
    println!("{blob:?}");
    Ok(())
}

async fn blobs_get0(client: &Client) -> Outcome {
    let id: BlobId = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?;
    let content = client.blobs().get(id).await?;
    println!("{content:?}");
    Ok(())
}

async fn blobs_verify0(client: &Client) -> Outcome {
    let ids: [BlobId; 2] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?,
        "0000000000000000000000000000000000000000000000000000000000000000".parse()?,
    ];
    let verification = client.blobs().verify(&ids).await?;
    println!("{verification:?}");
    Ok(())
}

async fn blobs_scrub0(client: &Client) -> Outcome {
    let transfer = client.blobs().scrub().wait(true).await?;
    println!("{transfer:?}");
    Ok(())
}

async fn blobs_delete0(client: &Client) -> Outcome {
    let ids: [BlobId; 1] =
        ["0000000000000000000000000000000000000000000000000000000000000000".parse()?];
    let deletions = client.blobs().delete(&ids).await?;
    println!("{deletions:?}");
    Ok(())
}

async fn blobs_collect0(client: &Client) -> Outcome {
    let collection = client.blobs().collect(true).await?;
    println!("{collection:?}");
    Ok(())
}

async fn blobs_upload0(client: &Client) -> Outcome {
    let transfer = client.blobs().upload().await?;
    println!("{transfer:?}");
    Ok(())
}

async fn blobs_download0(client: &Client) -> Outcome {
    let ids: [BlobId; 1] =
        ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?];
    let transfer = client.blobs().download(&ids).await?;
    println!("{transfer:?}");
    Ok(())
}

async fn transfers_get0(client: &Client) -> Outcome {
    let id = "8f14e45fceea167a5a36dedd4bea2543";
    let transfer = client.transfers().get(id).await?;
    println!("{transfer:?}");
    Ok(())
}

async fn transfers_list0(client: &Client) -> Outcome {
    let page = client
        .transfers()
        .list()
        .state(TransferState::Running)
        .await?;
    println!("{page:?}");
    Ok(())
}

async fn transfers_cancel0(client: &Client) -> Outcome {
    let id = "8f14e45fceea167a5a36dedd4bea2543";
    let transfer = client.transfers().cancel(id).await?;
    println!("{transfer:?}");
    Ok(())
}

async fn flists_list0(client: &Client) -> Outcome {
    let page = client.flists().list().await?;
    println!("{page:?}");
    Ok(())
}

async fn flists_get0(client: &Client) -> Outcome {
    let flist = client.flists().get("shown").account("local").await?;
    println!("{flist:?}");
    Ok(())
}

async fn flists_tree0(client: &Client) -> Outcome {
    let page = client.flists().tree("walked").account("local").await?;
    println!("{page:?}");
    Ok(())
}

async fn flists_put0(client: &Client) -> Outcome {
    let data: Base64 = "H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoTmDoamhoYGBkamBEUjc3NzMkEHBgIEOoLS4JLEIaCXDyAQ2GYZ2Hqk5Ofk2+kAWF8MoGAWjYBSMgpEBAI6tBeAACAAA".parse()?;
    let uploaded = client.flists().put("put", data).account("local").await?;
    println!("{uploaded:?}");
    Ok(())
}

async fn flists_upload0(client: &Client) -> Outcome {
    let transfer = client.flists().upload("site").account("local").await?;
    println!("{transfer:?}");
    Ok(())
}

async fn flists_download0(client: &Client) -> Outcome {
    let transfer = client
        .flists()
        .download("fetched")
        .account("local")
        .format(FlistFormat::TarGz)
        .await?;
    println!("{transfer:?}");
    Ok(())
}

async fn flists_update0(client: &Client) -> Outcome {
    let flist = client
        .flists()
        .update("changed-site", true)
        .account("local")
        .await?;
    println!("{flist:?}");
    Ok(())
}

async fn flists_verify0(client: &Client) -> Outcome {
    let verification = client.flists().verify("verified").account("local").await?;
    println!("{verification:?}");
    Ok(())
}

async fn flists_diff0(client: &Client) -> Outcome {
    let diff = client
        .flists()
        .diff("compared", "compared")
        .before_account("local")
        .after_account("local")
        .await?;
    println!("{diff:?}");
    Ok(())
}

async fn flists_delete0(client: &Client) -> Outcome {
    let deletion = client.flists().delete("deleted").account("local").await?;
    println!("{deletion:?}");
    Ok(())
}

async fn sites_publish0(client: &Client) -> Outcome {
    let site = client
        .sites()
        .publish("shown-site")
        .account("local")
        .prefix("/shown")
        .public(true)
        .await?;
    println!("{site:?}");
    Ok(())
}

async fn sites_list0(client: &Client) -> Outcome {
    let page = client.sites().list().await?;
    println!("{page:?}");
    Ok(())
}

async fn sites_update0(client: &Client) -> Outcome {
    let site = client.sites().update("/shown").index(false).await?;
    println!("{site:?}");
    Ok(())
}

async fn sites_unpublish0(client: &Client) -> Outcome {
    let site = client.sites().unpublish("/shown").await?;
    println!("{site:?}");
    Ok(())
}

async fn journal_query0(client: &Client) -> Outcome {
    let page = client
        .journal()
        .query()
        .method("auth.login")
        .outcome("unauthenticated")
        .await?;
    println!("{page:?}");
    Ok(())
}

async fn journal_totals0(client: &Client) -> Outcome {
    let by: [JournalGroup; 1] = [JournalGroup::Account];
    let totals = client.journal().totals().by(by).await?;
    println!("{totals:?}");
    Ok(())
}

async fn journal_watch0(client: &Client) -> Outcome {
    let end = client
        .journal()
        .watch()
        .progress(|value| println!("{value:?}"))
        .after(0)
        .limit(1)
        .await?;
    println!("{end:?}");
    Ok(())
}
