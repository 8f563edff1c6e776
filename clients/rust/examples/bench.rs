//! Measures this client against a server.
//!
//!     bench calls ENDPOINT [OUTSTANDING [SECONDS]]
//!     bench upload ENDPOINT COUNT SIZE [FIRST]
//!
//! `calls` asks for one blob with `blobs.has`, as often as it can over one connection, and prints
//! calls a second. `upload` sends blobs of SIZE bytes, numbered from FIRST on, and prints seconds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rpcstore_client::{BlobId, Client, Error, Source};

type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage: bench calls ENDPOINT [OUTSTANDING [SECONDS]]
       bench upload ENDPOINT COUNT SIZE [FIRST]";

/// Bytes that blobs are cut out of.
const BLOCK: usize = 1 << 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let number = |at: usize, default| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let [what, endpoint, ..] = &arguments[..] else {
        return Err(USAGE.into());
    };
    let client = Client::connect(endpoint).await?;
    match what.as_str() {
        "calls" => {
            let seconds = Duration::from_secs_f64(number(3, 1.0)?);
            println!(
                "{:.0}",
                calls(&client, number(2, 64.0)? as usize, seconds).await?
            );
        }
        "upload" => {
            let (count, size) = (number(2, 10_000.0)? as u64, number(3, 16384.0)? as usize);
            println!(
                "{:.4}",
                upload(client, count, size, number(4, 0.0)? as u64).await?
            );
        }
        _ => return Err(USAGE.into()),
    }

    Ok(())
}

/// Calls a second, with so many outstanding.
async fn calls(client: &Client, outstanding: usize, time: Duration) -> Result<f64, Failure> {
    let is_over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let tasks: Vec<_> = (0..outstanding)
        .map(|_| tokio::spawn(call(client.clone(), Arc::clone(&is_over))))
        .collect();
    tokio::time::sleep(time).await;
    is_over.store(true, Ordering::Relaxed);
    let mut count = 0;
    for task in tasks {
        count += task.await??;
    }

    Ok(count as f64 / begun.elapsed().as_secs_f64())
}

async fn call(client: Client, is_over: Arc<AtomicBool>) -> Result<u64, Error> {
    let id = [BlobId::of(b"")];
    let mut count = 0;
    while !is_over.load(Ordering::Relaxed) {
        client.blobs().has(&id).await?;
        count += 1;
    }

    Ok(count)
}

/// Seconds that an upload takes. Blobs differ in their first eight bytes.
async fn upload(client: Client, count: u64, size: usize, first: u64) -> Result<f64, Failure> {
    let mut state = 1u64;
    let block: Vec<u8> = (0..BLOCK)
        .map(|_| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 56) as u8
        })
        .collect();
    // Made before the clock starts: memory that is used for the first time costs more than sending it.
    let make = |index: u64| {
        let mut bytes = Vec::with_capacity(size);
        while bytes.len() < size {
            bytes.extend_from_slice(&block[..BLOCK.min(size - bytes.len())]);
        }

        bytes[..8].copy_from_slice(&index.to_le_bytes());
        Source::bytes(bytes)
    };
    let sources: Vec<_> = (first..first + count).map(make).collect();
    let begun = Instant::now();
    // A copy of the list, so that giving back its memory is not measured.
    let report = client.upload(sources.clone()).await?;
    if report.stored != count {
        return Err(format!("not all was stored: {report:?}").into());
    }

    Ok(begun.elapsed().as_secs_f64())
}
