// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `flists`.

use super::*;

/// Calls the methods of `flists`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Flists<'c> {
    pub(super) client: &'c Client,
}

impl Flists<'_> {
    /// Flists in the order of account and name.
    ///
    /// A guest sees the public ones, a user their own as well, an admin all.
    ///
    /// # Parameters
    ///
    /// - `.account(…)`, may be left out: Only those of this account.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Flists in a page at the most. `1000` when left out.
    ///
    /// Access: `guest`. The answer is [`FlistPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn list(&self) -> Request<FlistsListParams> {
        let params = FlistsListParams {
            account: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// One flist: what is in it, and whether all of it is here.
    ///
    /// What a caller may not see does not exist for them.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    ///
    /// Access: `guest`. The answer is [`Flist`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn get(&self, name: impl Into<String>) -> Request<FlistsGetParams> {
        let params = FlistsGetParams {
            name: name.into(),
            account: None,
        };
        self.client.request(params)
    }

    /// What is in a flist, below a directory.
    ///
    /// In the order of the file: a directory before what is in it. Symbolic links are told, not
    /// followed.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    /// - `.path(…)`, may be left out: Where to begin; a file gives itself. Without it: the root.
    /// - `.recursive(…)`, may be left out: Go down into directories. `false` when left out.
    /// - `.cursor(…)`, may be left out: Where the page before ended; it is good for the same
    ///   content, path and `recursive`.
    /// - `.limit(…)`, may be left out: Entries in a page at the most. `1000` when left out.
    ///
    /// Access: `guest`. The answer is [`FlistTree`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn tree(&self, name: impl Into<String>) -> Request<FlistsTreeParams> {
        let params = FlistsTreeParams {
            name: name.into(),
            account: None,
            path: None,
            recursive: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Makes a flist of a small archive or `.fl` file that travels inside the call.
    ///
    /// As `flists.upload`, for bytes up to `maxInlineBlobBytes`.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `data`: The tar, gzip of one, or `.fl`, in base64 (RFC 4648 section 4, padded).
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    /// - `.public(…)`, may be left out: Whether everybody may see it. Without it that stays as it
    ///   is; a new flist is private.
    /// - `.if_match(…)`, may be left out: Do it only when the flist has this digest, or, with
    ///   `none`, when there is none of this name. Otherwise: `preconditionFailed`.
    /// - `.allow_incomplete(…)`, may be left out: Take a `.fl` whose blobs are not all here, too.
    ///   It is not served until they are. `false` when left out.
    /// - `.store_url(…)`, may be left out: For an archive: where rfs finds the blobs, written into
    ///   the flist as its route.
    ///
    /// Access: `admin`. The answer is [`FlistUploaded`].
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
    /// - [`preconditionFailed`](crate::ErrorKind::PreconditionFailed): A condition that the caller
    ///   set does not hold.
    /// - [`tooLarge`](crate::ErrorKind::TooLarge): A message, blob, batch or range passes a limit,
    ///   which is named.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn put(
        &self,
        name: impl Into<String>,
        data: impl Into<Vec<u8>>,
    ) -> Request<FlistsPutParams> {
        let params = FlistsPutParams {
            name: name.into(),
            data: Base64::new(data),
            account: None,
            public: None,
            if_match: None,
            allow_incomplete: None,
            store_url: None,
        };
        self.client.request(params)
    }

    /// Opens a transfer that takes an archive or a `.fl` file.
    ///
    /// A tar, a gzip of one, or a `.fl`, told by its first bytes, goes by HTTP PUT to the
    /// transfer's URL; the answer is a `FlistUploaded`. A flist of this name gets the new content
    /// at once, for every reader. A `.fl` whose blobs are not all here is refused with `notFound`,
    /// which names what is missing. What fails leaves nothing. `PUT /flists/{account}/{name}` does
    /// the same in one step.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    /// - `.public(…)`, may be left out: Whether everybody may see it. Without it that stays as it
    ///   is; a new flist is private.
    /// - `.if_match(…)`, may be left out: Do it only when the flist has this digest, or, with
    ///   `none`, when there is none of this name. Otherwise: `preconditionFailed`.
    /// - `.allow_incomplete(…)`, may be left out: Take a `.fl` whose blobs are not all here, too.
    ///   It is not served until they are. `false` when left out.
    /// - `.store_url(…)`, may be left out: For an archive: where rfs finds the blobs, written into
    ///   the flist as its route.
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
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`preconditionFailed`](crate::ErrorKind::PreconditionFailed): A condition that the caller
    ///   set does not hold.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn upload(&self, name: impl Into<String>) -> Request<FlistsUploadParams> {
        let params = FlistsUploadParams {
            name: name.into(),
            account: None,
            public: None,
            if_match: None,
            allow_incomplete: None,
            store_url: None,
        };
        self.client.request(params)
    }

    /// Opens a transfer that gives a flist.
    ///
    /// By HTTP GET from the transfer's URL. `GET /flists/{account}/{name}` does the same in one
    /// step, for guests too.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    /// - `.format(…)`, may be left out: What to give. `fl` when left out.
    ///
    /// Access: `user`. The answer is [`Transfer`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn download(&self, name: impl Into<String>) -> Request<FlistsDownloadParams> {
        let params = FlistsDownloadParams {
            name: name.into(),
            account: None,
            format: None,
        };
        self.client.request(params)
    }

    /// Says who may see a flist.
    ///
    /// A public flist can be listed, read and downloaded by everybody, and so can its blobs.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `public`: Whether everybody may see it.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    ///
    /// Access: `admin`. The answer is [`Flist`].
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
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn update(&self, name: impl Into<String>, public: bool) -> Request<FlistsUpdateParams> {
        let params = FlistsUpdateParams {
            name: name.into(),
            public,
            account: None,
        };
        self.client.request(params)
    }

    /// Reads every blob of a flist and checks its digest.
    ///
    /// Corrupt blobs are moved to the quarantine, so that they are missing from then on and can be
    /// uploaded again. A flist that was incomplete and has all blobs now is served from then on.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    ///
    /// Access: `user`. The answer is [`FlistVerification`].
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
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn verify(&self, name: impl Into<String>) -> Request<FlistsVerifyParams> {
        let params = FlistsVerifyParams {
            name: name.into(),
            account: None,
        };
        self.client.request(params)
    }

    /// What differs between two flists.
    ///
    /// By kind, blocks, link targets and device numbers, then by permissions, owner, group and time
    /// of modification; no blob is read. The differences come in the order of the first flist, and
    /// after what is in each directory come those that only the second has there.
    ///
    /// # Parameters
    ///
    /// - `before`: The first flist.
    /// - `after`: The second flist.
    /// - `.before_account(…)`, may be left out: Whose it is. Without it: the caller's own.
    /// - `.after_account(…)`, may be left out: Whose it is. Without it: the caller's own.
    /// - `.limit(…)`, may be left out: Differences at the most. `1000` when left out.
    ///
    /// Access: `user`. The answer is [`FlistDiff`].
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
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn diff(
        &self,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> Request<FlistsDiffParams> {
        let params = FlistsDiffParams {
            before: before.into(),
            after: after.into(),
            before_account: None,
            after_account: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Deletes a flist, and the blobs that nothing else references.
    ///
    /// The flist is gone at once. Whoever reads it at that moment reads to the end: then its blobs
    /// go a little later, which `deferred` tells. One that is published is refused with `conflict`.
    ///
    /// # Parameters
    ///
    /// - `name`: The flist.
    /// - `.account(…)`, may be left out: Whose it is. Without it: the caller's own; `local` on the
    ///   local socket.
    /// - `.if_match(…)`, may be left out: Do it only when the flist has this digest, or, with
    ///   `none`, when there is none of this name. Otherwise: `preconditionFailed`.
    ///
    /// Access: `admin`. The answer is [`FlistDeletion`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`preconditionFailed`](crate::ErrorKind::PreconditionFailed): A condition that the caller
    ///   set does not hold.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn delete(&self, name: impl Into<String>) -> Request<FlistsDeleteParams> {
        let params = FlistsDeleteParams {
            name: name.into(),
            account: None,
            if_match: None,
        };
        self.client.request(params)
    }
}

/// The parameters of `flists.list`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsListParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for FlistsListParams {
    const NAME: &'static str = "flists.list";
    type Output = FlistPage;
}

impl Request<FlistsListParams> {
    /// Only those of this account.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Flists in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `flists.get`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsGetParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl Method for FlistsGetParams {
    const NAME: &'static str = "flists.get";
    type Output = Flist;
}

impl Request<FlistsGetParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }
}

/// The parameters of `flists.tree`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsTreeParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recursive: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for FlistsTreeParams {
    const NAME: &'static str = "flists.tree";
    type Output = FlistTree;
}

impl Request<FlistsTreeParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Where to begin; a file gives itself. Without it: the root.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.params.path = Some(path.into());
        self
    }

    /// Go down into directories. `false` when left out.
    pub fn recursive(mut self, recursive: bool) -> Self {
        self.params.recursive = Some(recursive);
        self
    }

    /// Where the page before ended; it is good for the same content, path and `recursive`.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Entries in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `flists.put`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsPutParams {
    name: String,
    data: Base64,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<bool>,
    #[serde(rename = "ifMatch", skip_serializing_if = "Option::is_none")]
    if_match: Option<String>,
    #[serde(rename = "allowIncomplete", skip_serializing_if = "Option::is_none")]
    allow_incomplete: Option<bool>,
    #[serde(rename = "storeUrl", skip_serializing_if = "Option::is_none")]
    store_url: Option<String>,
}

impl Method for FlistsPutParams {
    const NAME: &'static str = "flists.put";
    type Output = FlistUploaded;
}

impl Request<FlistsPutParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Whether everybody may see it. Without it that stays as it is; a new flist is private.
    pub fn public(mut self, public: bool) -> Self {
        self.params.public = Some(public);
        self
    }

    /// Do it only when the flist has this digest, or, with `none`, when there is none of this name.
    /// Otherwise: `preconditionFailed`.
    pub fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.params.if_match = Some(if_match.into());
        self
    }

    /// Take a `.fl` whose blobs are not all here, too. It is not served until they are. `false`
    /// when left out.
    pub fn allow_incomplete(mut self, allow_incomplete: bool) -> Self {
        self.params.allow_incomplete = Some(allow_incomplete);
        self
    }

    /// For an archive: where rfs finds the blobs, written into the flist as its route.
    pub fn store_url(mut self, store_url: impl Into<String>) -> Self {
        self.params.store_url = Some(store_url.into());
        self
    }
}

/// The parameters of `flists.upload`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsUploadParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<bool>,
    #[serde(rename = "ifMatch", skip_serializing_if = "Option::is_none")]
    if_match: Option<String>,
    #[serde(rename = "allowIncomplete", skip_serializing_if = "Option::is_none")]
    allow_incomplete: Option<bool>,
    #[serde(rename = "storeUrl", skip_serializing_if = "Option::is_none")]
    store_url: Option<String>,
}

impl Method for FlistsUploadParams {
    const NAME: &'static str = "flists.upload";
    type Output = Transfer;
}

impl Request<FlistsUploadParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Whether everybody may see it. Without it that stays as it is; a new flist is private.
    pub fn public(mut self, public: bool) -> Self {
        self.params.public = Some(public);
        self
    }

    /// Do it only when the flist has this digest, or, with `none`, when there is none of this name.
    /// Otherwise: `preconditionFailed`.
    pub fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.params.if_match = Some(if_match.into());
        self
    }

    /// Take a `.fl` whose blobs are not all here, too. It is not served until they are. `false`
    /// when left out.
    pub fn allow_incomplete(mut self, allow_incomplete: bool) -> Self {
        self.params.allow_incomplete = Some(allow_incomplete);
        self
    }

    /// For an archive: where rfs finds the blobs, written into the flist as its route.
    pub fn store_url(mut self, store_url: impl Into<String>) -> Self {
        self.params.store_url = Some(store_url.into());
        self
    }
}

/// The parameters of `flists.download`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsDownloadParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<FlistFormat>,
}

impl Method for FlistsDownloadParams {
    const NAME: &'static str = "flists.download";
    type Output = Transfer;
}

impl Request<FlistsDownloadParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// What to give. `fl` when left out.
    pub fn format(mut self, format: FlistFormat) -> Self {
        self.params.format = Some(format);
        self
    }
}

/// The parameters of `flists.update`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsUpdateParams {
    name: String,
    public: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl Method for FlistsUpdateParams {
    const NAME: &'static str = "flists.update";
    type Output = Flist;
}

impl Request<FlistsUpdateParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }
}

/// The parameters of `flists.verify`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsVerifyParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl Method for FlistsVerifyParams {
    const NAME: &'static str = "flists.verify";
    type Output = FlistVerification;
}

impl Request<FlistsVerifyParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }
}

/// The parameters of `flists.diff`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsDiffParams {
    before: String,
    after: String,
    #[serde(rename = "beforeAccount", skip_serializing_if = "Option::is_none")]
    before_account: Option<String>,
    #[serde(rename = "afterAccount", skip_serializing_if = "Option::is_none")]
    after_account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for FlistsDiffParams {
    const NAME: &'static str = "flists.diff";
    type Output = FlistDiff;
}

impl Request<FlistsDiffParams> {
    /// Whose it is. Without it: the caller's own.
    pub fn before_account(mut self, before_account: impl Into<String>) -> Self {
        self.params.before_account = Some(before_account.into());
        self
    }

    /// Whose it is. Without it: the caller's own.
    pub fn after_account(mut self, after_account: impl Into<String>) -> Self {
        self.params.after_account = Some(after_account.into());
        self
    }

    /// Differences at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `flists.delete`.
#[derive(Debug, Clone, Serialize)]
pub struct FlistsDeleteParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(rename = "ifMatch", skip_serializing_if = "Option::is_none")]
    if_match: Option<String>,
}

impl Method for FlistsDeleteParams {
    const NAME: &'static str = "flists.delete";
    type Output = FlistDeletion;
}

impl Request<FlistsDeleteParams> {
    /// Whose it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Do it only when the flist has this digest, or, with `none`, when there is none of this name.
    /// Otherwise: `preconditionFailed`.
    pub fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.params.if_match = Some(if_match.into());
        self
    }
}
