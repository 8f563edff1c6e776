//! Scenarios of plain calls.

use rpcstore_client::types::Role;
use rpcstore_client::{BlobId, Source, CONTRACT_VERSION, METHODS};

use super::support::{check, Ended, Setup};

pub async fn handshake(setup: &Setup) -> Ended {
    let client = setup.plain().await?;
    let info = client.server().info().await?;
    check(info.name == "RpcStore", "the server has another name")?;

    let document = client.rpc().discover().await?;
    check(
        document["info"]["version"] == CONTRACT_VERSION,
        "the contract has another version",
    )?;
    let known = document["methods"]
        .as_array()
        .ok_or("the document has no methods")?;
    for (name, access) in METHODS {
        let found = known
            .iter()
            .find(|method| method["name"] == *name)
            .ok_or(format!("{name} is missing"))?;
        check(found["x-access"] == *access, name)?;
    }

    Ok(())
}

pub async fn has(setup: &Setup) -> Ended {
    let client = setup.admin().await?;
    let blobs: Vec<_> = (0..10_000).map(|i| format!("has {i}")).collect();
    let ids: Vec<_> = blobs
        .iter()
        .map(|blob| BlobId::of(blob.as_bytes()))
        .collect();
    let tenth: Vec<_> = blobs
        .iter()
        .step_by(10)
        .map(|blob| Source::bytes(blob.clone()))
        .collect();
    let report = client.upload(tenth).await?;
    check(
        report.stored + report.existing == 1000 && report.failed == 0,
        "the upload is not whole",
    )?;

    let presence = client.blobs().has(&ids).await?;

    let (present, missing): (Vec<_>, Vec<_>) =
        ids.iter().enumerate().partition(|(i, _)| i % 10 == 0);
    let order =
        |pairs: Vec<(usize, &BlobId)>| pairs.into_iter().map(|(_, id)| *id).collect::<Vec<_>>();
    check(
        presence.present == order(present),
        "those that are present differ",
    )?;
    check(
        presence.missing == order(missing),
        "those that are missing differ",
    )?;
    Ok(())
}

pub async fn login(setup: &Setup) -> Ended {
    let client = setup.user().await?;
    let identity = client.auth().whoami().await?;
    check(
        identity.account.is_some() && identity.role == Role::User,
        "whoami tells somebody else",
    )?;
    check(identity.session_id.is_some(), "whoami tells no session")?;
    check(client.token().is_some(), "there is no token")?;

    // The token alone does it, too.
    let token = client.token().ok_or("there is no token")?;
    let server_id = client.server().info().await?.server_id;
    let again = rpcstore_client::Client::builder(&setup.url)
        .token(token, Some(server_id))
        .connect()
        .await?;
    check(
        again.auth().whoami().await?.account == identity.account,
        "the token is somebody else's",
    )?;
    client.logout().await?;
    check(client.token().is_none(), "the token outlives the session")?;
    Ok(())
}
