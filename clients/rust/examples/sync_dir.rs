//! Keeps a folder on a server: every file is a blob, and a list of them is a blob too.
//!
//!     cargo run --example sync_dir -- push ENDPOINT FOLDER     prints the id of the list
//!     cargo run --example sync_dir -- pull ENDPOINT ID FOLDER  makes the folder again
//!
//! Files that the server has are not sent again, so that pushing a folder that changed little is
//! fast.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc;

use rpcstore_client::{BlobId, Client, Source};

type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage: sync_dir push ENDPOINT FOLDER | sync_dir pull ENDPOINT ID FOLDER";

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["push", endpoint, folder] => {
            push(Client::connect(endpoint).await?, Path::new(folder)).await
        }
        ["pull", endpoint, id, folder] => {
            pull(
                Client::connect(endpoint).await?,
                id.parse()?,
                Path::new(folder),
            )
            .await
        }
        _ => Err(USAGE.into()),
    }
}

async fn push(client: Client, folder: &Path) -> Result<(), Failure> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort();
    let (sender, receiver) = mpsc::channel();
    let sources: Vec<_> = files.iter().map(Source::file).collect();
    let report = client
        .upload(sources)
        .each(move |blob| {
            let _ = sender.send((blob.name.clone(), blob.id));
        })
        .await?;
    if let Some(first) = report.failures.first() {
        return Err(format!(
            "{}: {}",
            first.name,
            first.reason.as_deref().unwrap_or("not stored")
        )
        .into());
    }

    let mut list = BTreeMap::new();
    for (name, id) in receiver {
        let path = Path::new(&name)
            .strip_prefix(folder)?
            .to_str()
            .ok_or("a name is not UTF-8")?
            .to_owned();
        list.insert(path, id.ok_or("a file has no id")?);
    }

    let stored = client.blobs().put(serde_json::to_vec(&list)?).await?;
    eprintln!("{} files, {} of them new", list.len(), report.stored);
    println!("{}", stored.id);
    Ok(())
}

async fn pull(client: Client, id: BlobId, folder: &Path) -> Result<(), Failure> {
    let json = client.open(id).await?.bytes(64 << 20).await?;
    let list: BTreeMap<PathBuf, BlobId> = serde_json::from_slice(&json)?;
    let mut paths: BTreeMap<BlobId, Vec<PathBuf>> = BTreeMap::new();
    for (path, id) in list {
        // A list can come from anywhere: nothing is written outside of the folder.
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(format!(
                "the list has a path that leads elsewhere: {}",
                path.display()
            )
            .into());
        }

        paths.entry(id).or_default().push(folder.join(path));
    }

    // Blobs come to a folder beside, each whole and right, and are given their names then.
    let incoming = folder.join(".incoming");
    client
        .download(paths.keys().copied().collect::<Vec<_>>())
        .into_folder(&incoming)
        .await?;
    for (id, paths) in paths {
        for path in paths {
            tokio::fs::create_dir_all(path.parent().unwrap_or(folder)).await?;
            tokio::fs::copy(incoming.join(id.to_string()), path).await?;
        }
    }

    tokio::fs::remove_dir_all(incoming).await?;
    Ok(())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()? {
            kind if kind.is_dir() => walk(&entry.path(), files)?,
            kind if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }

    Ok(())
}
