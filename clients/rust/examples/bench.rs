//! How many small calls a second go over one connection.
//!
//!     cargo run --release --example bench -- unix:/run/rpcstore.sock [CALLS [AT_ONCE]]

use std::time::Instant;

use rpcstore_client::{BlobId, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments
        .next()
        .ok_or("usage: bench ENDPOINT [CALLS [AT_ONCE]]")?;
    let calls: usize = arguments
        .next()
        .map_or(Ok(1_000_000), |text| text.parse())?;
    let at_once: usize = arguments.next().map_or(Ok(128), |text| text.parse())?;
    let client = Client::connect(&endpoint).await?;
    let id = [BlobId::of(b"hello")];
    for name in ["auth.whoami", "blobs.has"] {
        let begun = Instant::now();
        let tasks: Vec<_> = (0..at_once)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move {
                    for _ in 0..calls / at_once {
                        match name {
                            "auth.whoami" => client.auth().whoami().await.map(|_| ())?,
                            _ => client.blobs().has(&id).await.map(|_| ())?,
                        }
                    }

                    Ok::<(), rpcstore_client::Error>(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }

        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "{name}: {:.0} calls a second",
            (calls / at_once * at_once) as f64 / seconds
        );
    }

    Ok(())
}
