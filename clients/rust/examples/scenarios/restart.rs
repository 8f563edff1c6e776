//! The server goes and comes back.

use std::time::Duration;

use rpcstore_client::{BlobId, Client, Error};

use super::support::{check, Ended, Setup, Stalled};

pub async fn run(setup: &Setup) -> Ended {
    let admin = setup.admin().await?;
    let guest = setup.plain().await?;
    guest.server().info().await?;
    let watching = admin.clone();
    let call = (!setup.is_http()).then(|| {
        tokio::spawn(async move {
            watching
                .journal()
                .watch()
                .progress(|_| ())
                .await
                .map(|_| ())
        })
    });
    let uploading = admin.clone();
    let transfer = tokio::spawn(async move {
        uploading
            .put_from(BlobId::of(b"never whole"), 1000, Stalled(500))
            .await
            .map(|_| ())
    });

    // Both have reached the server by then: it answers what was sent after them.
    tokio::time::sleep(Duration::from_millis(200)).await;
    admin.server().info().await?;
    println!("ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;

    for pending in call.into_iter().chain([transfer]) {
        let outcome = tokio::time::timeout(Duration::from_secs(20), pending).await??;
        check(
            matches!(outcome, Err(Error::ConnectionLost { .. })),
            &format!("what was under way ended with {outcome:?}"),
        )?;
    }

    // The same client connects again by itself, and so does a new one.
    guest.server().info().await?;
    Client::connect(&setup.url).await?.server().info().await?;
    Ok(())
}
