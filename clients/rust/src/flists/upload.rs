//! Uploads of flists.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH};
use hyper::http::request::Builder;
use hyper::Request;
use tokio::fs::File;
use tokio::io::AsyncRead;

use super::address::{encode, Address};
use super::archive::{self, about};
use super::source::{Content, FlistSource};
use crate::bulk::body::{self, Received};
use crate::bulk::{Counter, Exact, Progress};
use crate::client::{Client, Inner};
use crate::error::Error;
use crate::tar::pieces;
use crate::types::FlistUploaded;
use crate::values::{BlobId, DigestFunctionKind};

/// An upload of a flist that has not begun: set what is optional, and `.await` it. Made by
/// [`Client::upload_flist`].
///
/// The flist appears, or gets its new content, at once and whole; the same content again is told as
/// [`FlistUploadStatus::Unchanged`](crate::types::FlistUploadStatus::Unchanged). What fails leaves
/// nothing, and neither does dropping the future. Memory is bounded, whatever the size.
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
/// use rpcstore_client::FlistSource;
///
/// let uploaded = client
///     .upload_flist("site", FlistSource::folder("public"))
///     .public(true)
///     .progress(|now| eprintln!("{} files, {} bytes", now.items, now.bytes))
///     .await?;
/// println!("{:?}: {} blobs are new", uploaded.status, uploaded.stored_blobs);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// What the `.await` may give:
///
/// - [`ErrorKind::InvalidParams`](crate::ErrorKind::InvalidParams): the archive or the `.fl` file is
///   refused; the message names the entry and says why.
/// - [`ErrorKind::NotFound`](crate::ErrorKind::NotFound): blobs of the `.fl` file are not there, of
///   which `data.missing` has the first 100; or there is no such account.
/// - [`ErrorKind::PreconditionFailed`](crate::ErrorKind::PreconditionFailed): the flist is not as
///   [`Self::if_match`] expects.
/// - [`Error::Io`]: a file cannot be read, and which. [`Error::ConnectionLost`].
#[must_use = "an upload does nothing unless it is awaited"]
pub struct FlistUpload {
    client: Client,
    address: Address,
    source: FlistSource,
    query: String,
    if_match: Option<String>,
    counter: Counter,
}

impl Client {
    /// Makes a flist of an archive, a `.fl` file or a folder, or gives a flist a new content. See
    /// [`FlistUpload`].
    pub fn upload_flist(&self, name: impl Into<String>, source: FlistSource) -> FlistUpload {
        FlistUpload {
            client: self.clone(),
            address: Address {
                name: name.into(),
                account: None,
            },
            source,
            query: String::new(),
            if_match: None,
            counter: Counter::default(),
        }
    }
}

impl FlistUpload {
    /// Whose flist it is to be; the caller's own unless it is set.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.address.account = Some(account.into());
        self
    }

    /// Whether everybody may see it. Unless it is set that stays as it is; a new flist is private.
    pub fn public(mut self, public: bool) -> Self {
        self.ask("public", if public { "true" } else { "false" });
        self
    }

    /// Does it only when the flist has this digest, or, with `none`, when there is none of this
    /// name.
    pub fn if_match(mut self, digest: impl Into<String>) -> Self {
        self.if_match = Some(digest.into());
        self
    }

    /// Takes a `.fl` file whose blobs are not all on the server, too. It is not served until they
    /// are.
    pub fn allow_incomplete(mut self, allow: bool) -> Self {
        self.ask("allowIncomplete", if allow { "true" } else { "false" });
        self
    }

    /// For an archive: where rfs finds the blobs, written into the flist as its route.
    pub fn store_url(mut self, url: impl AsRef<str>) -> Self {
        self.ask("storeUrl", url.as_ref());
        self
    }

    /// Calls `listener` as it goes on: after each piece of at most 256 KiB. Of a folder it tells
    /// files and their bytes, whose totals are not known before the end; of anything else the bytes
    /// that are sent.
    pub fn progress(mut self, listener: impl FnMut(Progress) + Send + 'static) -> Self {
        self.counter.listen(Box::new(listener));
        self
    }

    fn ask(&mut self, key: &str, value: &str) {
        self.query
            .push(if self.query.is_empty() { '?' } else { '&' });
        self.query.push_str(key);
        self.query.push('=');
        encode(value, &mut self.query);
    }

    async fn run(mut self) -> Result<FlistUploaded, Error> {
        let path = self.address.path(&self.client).await? + &self.query;
        let request = condition(Request::put(path), self.if_match.as_deref())?;
        let inner = &self.client.inner;
        let counter = &mut self.counter;
        let received = match self.source.0 {
            Content::Folder(folder) => send_folder(inner, request, folder, counter).await,
            Content::File(path) => {
                let file = File::open(&path).await.map_err(|e| about(&path, &e))?;
                let metadata = file.metadata().await.map_err(|e| about(&path, &e))?;
                if metadata.is_file() {
                    send_exact(inner, request, file, metadata.len(), counter).await
                } else {
                    send(inner, request, file, counter).await
                }
                .map_err(|e| match e {
                    Error::Io(e) => about(&path, &e),
                    e => e,
                })
            }
            Content::Bytes(bytes) => {
                let size = bytes.len() as u64;
                send_exact(inner, request, bytes.as_ref(), size, counter).await
            }
            Content::Reader(reader) => send(inner, request, reader, counter).await,
        }?;
        let uploaded = received.read()?;
        self.counter.expect_no_more();
        Ok(uploaded)
    }
}

impl IntoFuture for FlistUpload {
    type Output = Result<FlistUploaded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for FlistUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlistUpload")
            .field("address", &self.address)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

fn condition(request: Builder, if_match: Option<&str>) -> Result<Builder, Error> {
    let Some(digest) = if_match else {
        return Ok(request);
    };
    if digest == "none" {
        return Ok(request.header(IF_NONE_MATCH, "*"));
    }

    match digest.parse::<BlobId>() {
        Ok(id) if id.function() == DigestFunctionKind::Sha256 => {
            Ok(request.header(IF_MATCH, format!("\"{digest}\"")))
        }
        _ => Err(Error::invalid(format!(
            "if_match takes the digest of a flist, 64 lower-case hex digits, or 'none', and not '{digest}'"
        ))),
    }
}

async fn send_exact(
    inner: &Arc<Inner>,
    request: Builder,
    reader: impl AsyncRead + Unpin,
    size: u64,
    counter: &mut Counter,
) -> Result<Received, Error> {
    counter.expect(1, size);
    counter.expect_no_more();
    let request = request.header(CONTENT_LENGTH, size);
    send(inner, request, Exact::new(reader, size), counter).await
}

async fn send(
    inner: &Arc<Inner>,
    request: Builder,
    reader: impl AsyncRead + Unpin,
    counter: &mut Counter,
) -> Result<Received, Error> {
    let request = request.header(CONTENT_TYPE, "application/octet-stream");
    let moved = |count| counter.moved(count as u64);
    body::send(inner, request, |sender| body::copy(reader, sender, moved)).await
}

async fn send_folder(
    inner: &Arc<Inner>,
    request: Builder,
    folder: PathBuf,
    counter: &mut Counter,
) -> Result<Received, Error> {
    let request = request.header(CONTENT_TYPE, "application/x-tar");
    let (sender, mut written) = pieces();
    let writing = tokio::task::spawn_blocking(move || archive::write(&folder, &sender));
    body::send(inner, request, |mut sender| async move {
        while let Some(piece) = written.recv().await {
            counter.expect(piece.files, piece.content);
            if !sender.push(piece.bytes).await {
                return Ok(());
            }

            counter.moved(piece.content);
            counter.done(piece.files);
        }

        writing.await.map_err(|e| Error::from_io(e.into()))??;
        sender.finish();
        Ok(())
    })
    .await
}
