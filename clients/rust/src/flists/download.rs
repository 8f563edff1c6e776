//! Downloads of flists.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::path::Path;
use std::pin::Pin;

use hyper::{Body, Request};

use super::address::{append_file, encode, Address};
use super::blobs::FlistBlobs;
use super::end::End;
use super::reader::FlistReader;
use crate::bulk::{files, Counter, Progress};
use crate::client::Client;
use crate::error::Error;
use crate::http::Answer;
use crate::login;
use crate::types::FlistFormat;

/// A download of a flist that has not begun: set what is optional, and `.await` it, or say where it
/// is to go. Made by [`Client::download_flist`].
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
/// use rpcstore_client::types::FlistFormat;
///
/// // The flist itself, for rfs.
/// client.download_flist("site").into_file("site.fl").await?;
///
/// // The tree, as an archive that another program unpacks.
/// let mut tar = client.download_flist("site").format(FlistFormat::Tar).await?;
/// tokio::io::copy(&mut tar, &mut tokio::io::sink()).await?;
///
/// // One file of it.
/// let mut page = client.download_flist("site").account("ada").file("index.html").await?;
/// tokio::io::copy(&mut page, &mut tokio::io::sink()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// What the `.await` may give:
///
/// - [`ErrorKind::NotFound`](crate::ErrorKind::NotFound): there is no such flist, as far as the
///   caller may see, or no such file in it.
/// - [`ErrorKind::Conflict`](crate::ErrorKind::Conflict): the flist is incomplete, and only its `.fl`
///   can be had; or what is called a file is none.
/// - [`Error::Invalid`]: the caller is a guest and did not say whose flist it is.
#[must_use = "a download does nothing unless it is awaited"]
pub struct FlistDownload {
    client: Client,
    address: Address,
    what: What,
    counter: Counter,
}

#[derive(Debug)]
enum What {
    Format(FlistFormat),
    File(String),
}

impl Client {
    /// Reads a flist: as a `.fl` file, as an archive, as its blobs, or one file of it. See
    /// [`FlistDownload`].
    pub fn download_flist(&self, name: impl Into<String>) -> FlistDownload {
        FlistDownload {
            client: self.clone(),
            address: Address {
                name: name.into(),
                account: None,
            },
            what: What::Format(FlistFormat::Fl),
            counter: Counter::default(),
        }
    }
}

impl FlistDownload {
    /// Whose the flist is; the caller's own unless it is set.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.address.account = Some(account.into());
        self
    }

    /// What to give; the `.fl` file unless it is set. With [`FlistFormat::Blobs`] it is a tar batch
    /// as it comes, whose blobs nobody has verified: [`Self::blobs`] does that.
    pub fn format(mut self, format: FlistFormat) -> Self {
        self.what = What::Format(format);
        self
    }

    /// Gives a file of the tree and not all of it. Links are not followed.
    pub fn file(mut self, path: impl Into<String>) -> Self {
        self.what = What::File(path.into());
        self
    }

    /// Calls `listener` as it goes on.
    pub fn progress(mut self, listener: impl FnMut(Progress) + Send + 'static) -> Self {
        self.counter.listen(Box::new(listener));
        self
    }

    /// Writes it to a file, which is there when it is whole and not before; one that is there
    /// already is replaced. Gives how many bytes there were.
    ///
    /// # Errors
    ///
    /// Those of the download, of which nothing is kept then, and [`Error::Io`] when the file cannot
    /// be written.
    pub async fn into_file(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        let mut reader = self.await?;
        files::write(path, &mut reader).await
    }

    /// The blobs that the flist needs, one after the other, each held against its id.
    ///
    /// ```no_run
    /// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
    /// let mut blobs = client.download_flist("site").blobs().await?;
    /// while let Some(mut blob) = blobs.next().await? {
    ///     let mut file = tokio::fs::File::create(blob.id().to_string()).await?;
    ///     tokio::io::copy(&mut blob, &mut file).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As of the download itself.
    pub async fn blobs(self) -> Result<FlistBlobs, Error> {
        let what = What::Format(FlistFormat::Blobs);
        let answer = request(&self.client, &self.address, &what).await?;
        Ok(FlistBlobs::new(answer, self.counter))
    }

    async fn start(self) -> Result<FlistReader, Error> {
        let answer = request(&self.client, &self.address, &self.what).await?;
        match self.what {
            What::Format(FlistFormat::Fl) => FlistReader::file(answer, self.counter),
            What::Format(FlistFormat::Tar | FlistFormat::Blobs) => {
                FlistReader::ending(answer, End::tar(), self.counter)
            }
            What::Format(_) | What::File(_) => {
                FlistReader::ending(answer, End::Framed, self.counter)
            }
        }
    }
}

impl IntoFuture for FlistDownload {
    type Output = Result<FlistReader, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

impl fmt::Debug for FlistDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlistDownload")
            .field("address", &self.address)
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

async fn request(client: &Client, address: &Address, what: &What) -> Result<Answer, Error> {
    let inner = &client.inner;
    let mut path = address.path(client).await?;
    match what {
        What::Format(format) => {
            path.push_str("?format=");
            encode(format.as_str(), &mut path);
        }
        What::File(file) => append_file(file, &mut path)?,
    }

    let token = login::token_for_http(inner).await?;
    let request = || Request::get(&path).body(Body::empty());
    let answer = inner
        .http
        .send_again(inner, request, token.as_deref())
        .await?;
    inner.http.expect_success(answer).await
}
