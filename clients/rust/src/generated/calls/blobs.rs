// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `blobs`.

use super::*;

/// Calls the methods of `blobs`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Blobs<'c> {
    pub(super) client: &'c Client,
}

impl Blobs<'_> {
    /// Which of these blobs are here.
    ///
    /// Both lists keep the order asked; an id that is asked twice is answered twice.
    ///
    /// # Parameters
    ///
    /// - `ids`: The blobs asked for.
    ///
    /// Access: `user`. The answer is [`BlobPresence`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn has(&self, ids: &[BlobId]) -> Request<BlobsHasParams> {
        let params = BlobsHasParams { ids: ids.to_vec() };
        self.client.request(params)
    }

    /// Size and time of these blobs.
    ///
    /// Both lists keep the order asked. Nothing is read from the blobs themselves.
    ///
    /// # Parameters
    ///
    /// - `ids`: The blobs asked for.
    ///
    /// Access: `user`. The answer is [`BlobStats`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn stat(&self, ids: &[BlobId]) -> Request<BlobsStatParams> {
        let params = BlobsStatParams { ids: ids.to_vec() };
        self.client.request(params)
    }

    /// Blobs in the order of their ids.
    ///
    /// SHA-256 ids come first, then those that start with `blake2b-`, each in the order of their
    /// digits. A blob that is stored or deleted while the pages are read may or may not be in them;
    /// every other one is in them once.
    ///
    /// # Parameters
    ///
    /// - `.prefix(…)`, may be left out: Only ids that start with this text.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Blobs in a page at the most. `1000` when left out.
    ///
    /// Access: `admin`. The answer is [`BlobPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn list(&self) -> Request<BlobsListParams> {
        let params = BlobsListParams {
            prefix: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Stores one small blob that travels inside the call.
    ///
    /// For bytes up to `maxInlineBlobBytes`; larger ones go through `blobs.upload`. The reply comes
    /// after the blob is durable.
    ///
    /// # Parameters
    ///
    /// - `data`: The bytes, in base64 (RFC 4648 section 4, padded).
    /// - `.id(…)`, may be left out: The id that the bytes must have. Without it they get their
    ///   SHA-256 id.
    ///
    /// Access: `admin`. The answer is [`BlobStored`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`tooLarge`](crate::ErrorKind::TooLarge): A message, blob, batch or range passes a limit,
    ///   which is named.
    /// - [`digestMismatch`](crate::ErrorKind::DigestMismatch): Bytes do not have the digest that
    ///   their id says: bytes that were sent, of which nothing was stored, or bytes on the disk.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn put(&self, data: impl Into<Vec<u8>>) -> Request<BlobsPutParams> {
        let params = BlobsPutParams {
            data: Base64::new(data),
            id: None,
        };
        self.client.request(params)
    }

    /// The bytes of one small blob, or a range of a larger one.
    ///
    /// Up to `maxInlineBlobBytes` come back in one call; `size` tells how much there is, so a
    /// caller pages with `offset`. Every byte was verified against the id. Larger blobs are better
    /// fetched through `blobs.download` or `GET /blobs/{id}`.
    ///
    /// # Parameters
    ///
    /// - `id`: The blob.
    /// - `.offset(…)`, may be left out: The first byte wanted; at or past the end the answer is
    ///   empty. `0` when left out.
    /// - `.length(…)`, may be left out: Bytes wanted at the most. Without it: the rest of the blob,
    ///   which must be no longer than `maxInlineBlobBytes`.
    ///
    /// Access: `user`. The answer is [`BlobContent`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`tooLarge`](crate::ErrorKind::TooLarge): A message, blob, batch or range passes a limit,
    ///   which is named.
    /// - [`digestMismatch`](crate::ErrorKind::DigestMismatch): Bytes do not have the digest that
    ///   their id says: bytes that were sent, of which nothing was stored, or bytes on the disk.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn get(&self, id: BlobId) -> Request<BlobsGetParams> {
        let params = BlobsGetParams {
            id,
            offset: None,
            length: None,
        };
        self.client.request(params)
    }

    /// Reads these blobs again and checks their digests.
    ///
    /// A corrupt blob is moved to the quarantine, so that it counts as missing from then on and can
    /// be uploaded again. The three lists keep the order asked.
    ///
    /// # Parameters
    ///
    /// - `ids`: The blobs to check.
    ///
    /// Access: `user`. The answer is [`BlobVerification`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn verify(&self, ids: &[BlobId]) -> Request<BlobsVerifyParams> {
        let params = BlobsVerifyParams { ids: ids.to_vec() };
        self.client.request(params)
    }

    /// Reads every blob again and checks its digest.
    ///
    /// A job: the call returns a transfer of kind `scrub` at once, to be followed with
    /// `transfers.get` and ended with `transfers.cancel`. With `wait` the call returns when the job
    /// ends, and cancelling the call cancels the job; with `progress` as well, `$/progress`
    /// notifications carry the transfer meanwhile. Corrupt blobs are moved to the quarantine. Only
    /// one scrub runs at a time; a second call joins it.
    ///
    /// # Parameters
    ///
    /// - `.wait(…)`, may be left out: Return when the job has ended. `false` when left out.
    /// - `.progress(…)`, may be left out: A token for `$/progress` notifications, on stream
    ///   connections and only with `wait`.
    ///
    /// Access: `admin`. The answer is [`Transfer`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn scrub(&self) -> Request<BlobsScrubParams> {
        let params = BlobsScrubParams {
            wait: None,
            progress: None,
        };
        self.client.request(params)
    }

    /// Removes these blobs.
    ///
    /// A blob that something references is kept and reported, unless `force` is true. The empty
    /// blob always exists: it is reported as `referenced`. The results keep the order asked.
    ///
    /// # Parameters
    ///
    /// - `ids`: The blobs to remove.
    /// - `.force(…)`, may be left out: Remove referenced blobs too. `false` when left out.
    ///
    /// Access: `admin`. The answer is [`BlobDeletions`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn delete(&self, ids: &[BlobId]) -> Request<BlobsDeleteParams> {
        let params = BlobsDeleteParams {
            ids: ids.to_vec(),
            force: None,
        };
        self.client.request(params)
    }

    /// Finds blobs that nothing references, and removes them if asked to.
    ///
    /// Blocks of flists that are gone, of uploads that were broken off, and whatever was uploaded
    /// by itself and is part of nothing: the server cannot tell these apart, so look before you let
    /// it remove. Only blobs that have been here for `minAgeSeconds` count, because a program may
    /// be about to reference the others.
    ///
    /// # Parameters
    ///
    /// - `dry_run`: Report, and remove nothing.
    /// - `.prefix(…)`, may be left out: Only ids that start with this text: `blake2b-` for blocks
    ///   of flists. Without it: all.
    /// - `.min_age_seconds(…)`, may be left out: Only blobs that were stored so long ago. `86400`
    ///   when left out.
    ///
    /// Access: `admin`. The answer is [`BlobCollection`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn collect(&self, dry_run: bool) -> Request<BlobsCollectParams> {
        let params = BlobsCollectParams {
            dry_run,
            prefix: None,
            min_age_seconds: None,
        };
        self.client.request(params)
    }

    /// Opens a transfer that takes a tar batch.
    ///
    /// `PUT` the batch to `url` on any endpoint of this server; the answer is a `BatchResult`
    /// (spec/tar-batch.md).
    ///
    /// Access: `admin`. The answer is [`Transfer`].
    ///
    /// # Errors
    ///
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn upload(&self) -> Request<BlobsUploadParams> {
        let params = BlobsUploadParams {};
        self.client.request(params)
    }

    /// Opens a transfer that gives these blobs as a tar batch.
    ///
    /// `GET` the batch from `url` on any endpoint of this server (spec/tar-batch.md).
    ///
    /// # Parameters
    ///
    /// - `ids`: The blobs wanted, in the order of the entries.
    /// - `.on_missing(…)`, may be left out: What to do about blobs that are not here. `error` when
    ///   left out.
    ///
    /// Access: `user`. The answer is [`Transfer`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn download(&self, ids: &[BlobId]) -> Request<BlobsDownloadParams> {
        let params = BlobsDownloadParams {
            ids: ids.to_vec(),
            on_missing: None,
        };
        self.client.request(params)
    }
}

/// The parameters of `blobs.has`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsHasParams {
    ids: Vec<BlobId>,
}

impl Method for BlobsHasParams {
    const NAME: &'static str = "blobs.has";
    type Output = BlobPresence;
}

/// The parameters of `blobs.stat`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsStatParams {
    ids: Vec<BlobId>,
}

impl Method for BlobsStatParams {
    const NAME: &'static str = "blobs.stat";
    type Output = BlobStats;
}

/// The parameters of `blobs.list`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsListParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for BlobsListParams {
    const NAME: &'static str = "blobs.list";
    type Output = BlobPage;
}

impl Request<BlobsListParams> {
    /// Only ids that start with this text.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.params.prefix = Some(prefix.into());
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Blobs in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `blobs.put`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsPutParams {
    data: Base64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<BlobId>,
}

impl Method for BlobsPutParams {
    const NAME: &'static str = "blobs.put";
    type Output = BlobStored;
}

impl Request<BlobsPutParams> {
    /// The id that the bytes must have. Without it they get their SHA-256 id.
    pub fn id(mut self, id: BlobId) -> Self {
        self.params.id = Some(id);
        self
    }
}

/// The parameters of `blobs.get`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsGetParams {
    id: BlobId,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
}

impl Method for BlobsGetParams {
    const NAME: &'static str = "blobs.get";
    type Output = BlobContent;
}

impl Request<BlobsGetParams> {
    /// The first byte wanted; at or past the end the answer is empty. `0` when left out.
    pub fn offset(mut self, offset: u64) -> Self {
        self.params.offset = Some(offset);
        self
    }

    /// Bytes wanted at the most. Without it: the rest of the blob, which must be no longer than
    /// `maxInlineBlobBytes`.
    pub fn length(mut self, length: u64) -> Self {
        self.params.length = Some(length);
        self
    }
}

/// The parameters of `blobs.verify`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsVerifyParams {
    ids: Vec<BlobId>,
}

impl Method for BlobsVerifyParams {
    const NAME: &'static str = "blobs.verify";
    type Output = BlobVerification;
}

/// The parameters of `blobs.scrub`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsScrubParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    wait: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u64>,
}

impl Method for BlobsScrubParams {
    const NAME: &'static str = "blobs.scrub";
    type Output = Transfer;
}

impl Request<BlobsScrubParams> {
    /// Return when the job has ended. `false` when left out.
    pub fn wait(mut self, wait: bool) -> Self {
        self.params.wait = Some(wait);
        self
    }

    /// What the server reports while the call runs.
    ///
    /// On stream connections and WebSockets; over HTTP there are no reports. `handler` is called in
    /// order, by the task that reads the connection: it should not take long.
    pub fn progress(mut self, handler: impl FnMut(Transfer) + Send + 'static) -> Self {
        self.params.progress = Some(self.on_progress(handler));
        self
    }
}

/// The parameters of `blobs.delete`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsDeleteParams {
    ids: Vec<BlobId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    force: Option<bool>,
}

impl Method for BlobsDeleteParams {
    const NAME: &'static str = "blobs.delete";
    type Output = BlobDeletions;
}

impl Request<BlobsDeleteParams> {
    /// Remove referenced blobs too. `false` when left out.
    pub fn force(mut self, force: bool) -> Self {
        self.params.force = Some(force);
        self
    }
}

/// The parameters of `blobs.collect`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsCollectParams {
    #[serde(rename = "dryRun")]
    dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(rename = "minAgeSeconds", skip_serializing_if = "Option::is_none")]
    min_age_seconds: Option<u64>,
}

impl Method for BlobsCollectParams {
    const NAME: &'static str = "blobs.collect";
    type Output = BlobCollection;
}

impl Request<BlobsCollectParams> {
    /// Only ids that start with this text: `blake2b-` for blocks of flists. Without it: all.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.params.prefix = Some(prefix.into());
        self
    }

    /// Only blobs that were stored so long ago. `86400` when left out.
    pub fn min_age_seconds(mut self, min_age_seconds: u64) -> Self {
        self.params.min_age_seconds = Some(min_age_seconds);
        self
    }
}

/// The parameters of `blobs.upload`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsUploadParams {}

impl Method for BlobsUploadParams {
    const NAME: &'static str = "blobs.upload";
    type Output = Transfer;
}

/// The parameters of `blobs.download`.
#[derive(Debug, Clone, Serialize)]
pub struct BlobsDownloadParams {
    ids: Vec<BlobId>,
    #[serde(rename = "onMissing", skip_serializing_if = "Option::is_none")]
    on_missing: Option<OnMissing>,
}

impl Method for BlobsDownloadParams {
    const NAME: &'static str = "blobs.download";
    type Output = Transfer;
}

impl Request<BlobsDownloadParams> {
    /// What to do about blobs that are not here. `error` when left out.
    pub fn on_missing(mut self, on_missing: OnMissing) -> Self {
        self.params.on_missing = Some(on_missing);
        self
    }
}
