//! Scenarios of bulk bytes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

use rpcstore_client::{BlobId, DigestFunctionKind, Hasher, Source};
use tokio::io::AsyncReadExt;

use super::support::{check, Ended, Failure, Noise, Setup, Stalled};

const MIB: u64 = 1 << 20;

pub async fn batch(setup: &Setup) -> Ended {
    let client = setup.admin().await?;
    let blobs: Vec<_> = (0..500u64)
        .map(|i| match i {
            0 => Vec::new(),
            1 => Noise::new(i, 2 * MIB).bytes(),
            _ => Noise::new(i, (i * 7919) % (if i % 50 == 0 { 2 * MIB } else { 20_000 })).bytes(),
        })
        .collect();
    let ids: Vec<_> = blobs.iter().map(|blob| BlobId::of(blob)).collect();
    let total: u64 = blobs.iter().map(|blob| blob.len() as u64).sum();
    let moved = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&moved);
    let sources: Vec<_> = blobs
        .iter()
        .map(|blob| Source::bytes(blob.clone()))
        .collect();

    let report = client
        .upload(sources)
        .progress(move |now| seen.store(now.bytes, Ordering::Relaxed))
        .await?;

    check(
        report.failed == 0 && report.stored + report.existing == 500,
        &format!("{report:?}"),
    )?;
    check(
        moved.load(Ordering::Relaxed) == total,
        "the progress of the upload is not whole",
    )?;

    let seen = Arc::clone(&moved);
    let mut download = client
        .download(ids.clone())
        .progress(move |now| seen.store(now.bytes, Ordering::Relaxed))
        .await?;
    for (blob, id) in blobs.iter().zip(&ids) {
        let entry = download.next().await?.ok_or("a blob is missing")?;
        check(entry.id() == *id, "a blob stands at another's place")?;
        check(entry.bytes(2 * MIB).await? == *blob, "bytes differ")?;
    }

    check(download.next().await?.is_none(), "there are too many blobs")?;
    check(
        moved.load(Ordering::Relaxed) == total,
        "the progress of the download is not whole",
    )?;
    Ok(())
}

pub async fn cancel(setup: &Setup) -> Ended {
    let client = setup.admin().await?;
    let id = upload_noise(&client, 99, 16 * MIB).await?;
    if !setup.is_http() {
        // It runs until it is cancelled.
        let watch = client.journal().watch().progress(|_| ()).send();
        let outcome = tokio::time::timeout(Duration::from_millis(200), watch).await;
        check(
            outcome.is_err(),
            &format!("a call without an end ended: {outcome:?}"),
        )?;
        client.server().info().await?;

        let late = client
            .journal()
            .watch()
            .progress(|_| ())
            .timeout(Duration::from_millis(100))
            .await;
        check(
            matches!(late, Err(rpcstore_client::Error::Timeout { .. })),
            &format!("no timeout: {late:?}"),
        )?;
    } else {
        let verify = client.blobs().verify(&[id]).send();
        let outcome = tokio::time::timeout(Duration::from_micros(100), verify).await;
        check(outcome.is_err(), "a call was too fast to be cancelled")?;
    }

    client.server().info().await?;

    let half = client.put_from(BlobId::of(b"never whole"), MIB, Stalled(MIB / 2));
    check(
        tokio::time::timeout(Duration::from_millis(200), half)
            .await
            .is_err(),
        "half an upload ended",
    )?;
    client.server().info().await?;
    let presence = client.blobs().has(&[BlobId::of(b"never whole")]).await?;
    check(presence.present.is_empty(), "half a blob is there")?;

    let mut blob = client.open(id).await?;
    let mut piece = vec![0; 64 << 10];
    blob.read_exact(&mut piece).await?;
    drop(blob);
    client.server().info().await?;
    let mut whole = client.open(id).await?;
    tokio::io::copy(&mut whole, &mut tokio::io::sink()).await?;
    check(whole.is_whole(), "the next download is not whole")?;
    Ok(())
}

pub async fn slow_reader(setup: &Setup) -> Ended {
    let client = setup.admin().await?;
    let id = upload_noise(&client, 7, 64 * MIB).await?;
    let before = memory()?;
    let mut blob = client.open(id).await?;
    let mut piece = vec![0; 256 << 10];
    let mut read = 0u64;
    let mut calls = 0;
    let mut most = before;
    loop {
        let count = blob.read(&mut piece).await?;
        if count == 0 {
            break;
        }

        read += count as u64;
        if read / MIB > calls {
            calls = read / MIB;
            tokio::time::sleep(Duration::from_millis(10)).await;
            client
                .auth()
                .whoami()
                .timeout(Duration::from_secs(20))
                .await?;
            most = most.max(memory()?);
        }
    }

    check(read == 64 * MIB && blob.is_whole(), "it is not whole")?;
    check(
        most - before < 16 * MIB,
        &format!("memory grew by {} KiB", (most - before) / 1024),
    )?;
    Ok(())
}

async fn upload_noise(
    client: &rpcstore_client::Client,
    seed: u64,
    length: u64,
) -> Result<BlobId, Failure> {
    let mut hasher = Hasher::new(DigestFunctionKind::Sha256);
    let mut noise = Noise::new(seed, length);
    let mut piece = vec![0; 64 << 10];
    for _ in 0..length / piece.len() as u64 {
        noise.fill(&mut piece);
        hasher.update(&piece);
    }

    let id = hasher.finish();
    client
        .put_from(id, length, Noise::new(seed, length))
        .await?;
    Ok(id)
}

/// Bytes of memory that this process has.
fn memory() -> Result<u64, Failure> {
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = statm.split(' ').nth(1).ok_or("statm is empty")?.parse()?;
    Ok(pages * 4096)
}
