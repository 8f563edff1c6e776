//! A scenario of flists: up, again, broken, down in every form, and away.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use rpcstore_client::types::{FlistFormat, FlistUploadStatus};
use rpcstore_client::{BlobId, Client, ErrorKind, FlistSource};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

use super::support::{check, expect_error, Ended, Failure, Noise, Setup};

const NAME: &str = "scenario";
const FILES: [(&str, u64); 3] = [("empty", 0), ("sub/large", 600_000), ("sub/small ä", 1000)];

pub async fn run(setup: &Setup) -> Ended {
    let client = setup.admin().await?;
    let folder = tempfile::tempdir()?;
    let tree = folder.path().join("tree");
    std::fs::create_dir_all(tree.join("sub"))?;
    for (path, size) in FILES {
        std::fs::write(tree.join(path), content_of(size))?;
    }

    std::os::unix::fs::symlink("../empty", tree.join("sub/link"))?;
    let archive = folder.path().join("tree.tar.gz");
    let made = Command::new("tar")
        .args([
            "-czf",
            &archive.display().to_string(),
            "-C",
            &tree.display().to_string(),
            ".",
        ])
        .status()?;
    check(made.success(), "tar failed")?;

    up(&client, &archive, &tree).await?;
    refused(&client, &archive).await?;
    down(&client, &folder).await
}

async fn up(client: &Client, archive: &Path, tree: &Path) -> Ended {
    let sent = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&sent);
    let created = client
        .upload_flist(NAME, FlistSource::file(archive))
        .if_match("none")
        .progress(move |now| seen.store(now.bytes, Ordering::Relaxed))
        .await?;
    check(
        created.status == FlistUploadStatus::Created
            && created.flist.files == 3
            && created.flist.complete,
        &format!("{created:?}"),
    )?;
    check(
        sent.load(Ordering::Relaxed) == archive.metadata()?.len(),
        "the progress of the upload is not whole",
    )?;

    let again = client
        .upload_flist(NAME, FlistSource::file(archive))
        .await?;
    check(
        again.status == FlistUploadStatus::Unchanged,
        &format!("{again:?}"),
    )?;

    // The same tree as the client itself packs it.
    let packed = client.upload_flist(NAME, FlistSource::folder(tree)).await?;
    check(
        packed.status == FlistUploadStatus::Unchanged,
        &format!("{packed:?}"),
    )
}

async fn refused(client: &Client, archive: &Path) -> Ended {
    let mut broken = std::fs::read(archive)?;
    broken.truncate(broken.len() - 100);
    let outcome = client
        .upload_flist("broken", FlistSource::bytes(broken))
        .await;
    let error = expect_error(outcome, ErrorKind::InvalidParams)?;
    check(error.message.contains("gzip"), &error.message)?;
    expect_error(client.flists().get("broken").await, ErrorKind::NotFound)?;

    let outcome = client
        .upload_flist(NAME, FlistSource::file(archive))
        .if_match("none")
        .await;
    expect_error(outcome, ErrorKind::PreconditionFailed)?;
    let outcome = client
        .upload_flist("x", FlistSource::file("/nonexistent/tar"))
        .await;
    let local = outcome
        .err()
        .ok_or("a file that is not there was sent")?
        .to_string();
    check(local.contains("/nonexistent/tar"), &local)
}

async fn down(client: &Client, folder: &TempDir) -> Ended {
    let flist = client.flists().get(NAME).await?;
    let tar = whole(client, FlistFormat::Tar).await?;
    let packed = whole(client, FlistFormat::TarGz).await?;
    check(packed.starts_with(&[0x1f, 0x8b]), "the gzip is none")?;
    let same = client
        .upload_flist(NAME, FlistSource::reader(std::io::Cursor::new(tar)))
        .await?;
    check(
        same.status == FlistUploadStatus::Unchanged,
        "the tar is another tree",
    )?;
    let same = client
        .upload_flist(NAME, FlistSource::bytes(packed))
        .await?;
    check(
        same.status == FlistUploadStatus::Unchanged,
        "the gzip is another tree",
    )?;

    for (path, size) in FILES {
        let mut file = client.download_flist(NAME).file(path).await?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).await?;
        check(file.size() == Some(size) && bytes == content_of(size), path)?;
    }

    let nothing = client
        .download_flist(NAME)
        .file("sub/none")
        .await
        .map(|_| ());
    expect_error(nothing, ErrorKind::NotFound)?;
    let no_file = client.download_flist(NAME).file("sub").await.map(|_| ());
    expect_error(no_file, ErrorKind::Conflict)?;

    let mut count = 0;
    let mut blobs = client.download_flist(NAME).blobs().await?;
    while let Some(blob) = blobs.next().await? {
        blob.bytes(1 << 20).await?;
        count += 1;
    }

    check(
        count == flist.blobs,
        &format!("{count} of {} blobs", flist.blobs),
    )?;
    let path = folder.path().join("tree.fl");
    client.download_flist(NAME).into_file(&path).await?;
    check(
        BlobId::of(&std::fs::read(&path)?).to_string() == flist.digest,
        "the .fl file has another digest",
    )?;
    again(client, &path, count).await
}

/// The file that came is a flist again, for as long as its blobs are there.
async fn again(client: &Client, path: &Path, blobs: u64) -> Ended {
    let copy = client.upload_flist("copy", FlistSource::file(path)).await?;
    check(
        copy.status == FlistUploadStatus::Created,
        &format!("{copy:?}"),
    )?;
    check(
        client.flists().delete("copy").await?.blobs == 0,
        "blobs went with the copy",
    )?;
    check(
        client.flists().delete(NAME).await?.blobs == blobs,
        "blobs stayed",
    )?;

    let outcome = client.download_flist(NAME).await.map(|_| ());
    expect_error(outcome, ErrorKind::NotFound)?;
    let outcome = client.upload_flist("copy", FlistSource::file(path)).await;
    let error = expect_error(outcome, ErrorKind::NotFound)?;
    check(
        error.data.missing_count == Some(blobs)
            && error.data.missing.map(|ids| ids.len() as u64) == Some(blobs),
        "the blobs that are missing are not told",
    )
}

async fn whole(client: &Client, format: FlistFormat) -> Result<Vec<u8>, Failure> {
    let mut reader = client.download_flist(NAME).format(format).await?;
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).await?;
    check(reader.is_whole(), "an archive is not whole")?;
    Ok(bytes)
}

fn content_of(size: u64) -> Vec<u8> {
    Noise::new(size + 1, size).bytes()
}
