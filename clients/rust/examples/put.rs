//! Stores files, and prints their ids.
//!
//! ```text
//! cargo run --example put -- unix:/run/rpcstore.sock FILE…
//! ```

use rpcstore_client::{Client, Source};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().ok_or("usage: put ENDPOINT FILE…")?;
    let client = Client::connect(&endpoint).await?;
    let report = client
        .upload(arguments.map(Source::file).collect::<Vec<_>>())
        .each(|blob| match &blob.reason {
            None => println!(
                "{}  {}",
                blob.id.map(|id| id.to_string()).unwrap_or_default(),
                blob.name
            ),
            Some(reason) => eprintln!("{}: {reason}", blob.name),
        })
        .await?;
    eprintln!(
        "{} stored, {} there before, {} failed",
        report.stored, report.existing, report.failed
    );
    if report.failed > 0 {
        return Err("not everything is on the server".into());
    }

    Ok(())
}
