// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `sites`.

use super::*;

/// Calls the methods of `sites`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Sites<'c> {
    pub(super) client: &'c Client,
}

impl Sites<'_> {
    /// Shows a flist to browsers.
    ///
    /// Below a path on every name of the server, or as everything on a domain name whose requests
    /// reach the server. It is there when the call is answered, and shows each new content of the
    /// flist at once. `conflict`: the address is taken, the server uses the path itself, or the
    /// flist is incomplete.
    ///
    /// # Parameters
    ///
    /// - `flist`: What to show.
    /// - `.account(…)`, may be left out: Whose flist it is. Without it: the caller's own; `local`
    ///   on the local socket.
    /// - `.prefix(…)`, may be left out: The path below which it is, not percent-encoded; `/` for
    ///   all that is not the server's own. Either this or `domain`.
    /// - `.domain(…)`, may be left out: The domain name that is all its own.
    /// - `.public(…)`, may be left out: Everybody may read it; otherwise accounts only. `false`
    ///   when left out.
    /// - `.index(…)`, may be left out: Directories without an index file are listed. `false` when
    ///   left out.
    /// - `.spa(…)`, may be left out: A navigation to what is not there shows `/index.html`: the
    ///   page itself knows its paths. `false` when left out.
    /// - `.webdav(…)`, may be left out: It can be read over WebDAV. `false` when left out.
    ///
    /// Access: `admin`. The answer is [`Site`].
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
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn publish(&self, flist: impl Into<String>) -> Request<SitesPublishParams> {
        let params = SitesPublishParams {
            flist: flist.into(),
            account: None,
            prefix: None,
            domain: None,
            public: None,
            index: None,
            spa: None,
            webdav: None,
        };
        self.client.request(params)
    }

    /// Sites in the order of their addresses.
    ///
    /// A guest sees the public ones.
    ///
    /// # Parameters
    ///
    /// - `.account(…)`, may be left out: Only those of this account's flists.
    /// - `.flist(…)`, may be left out: Only those of flists of this name.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Sites in a page at the most. `1000` when left out.
    ///
    /// Access: `guest`. The answer is [`SitePage`].
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
    pub fn list(&self) -> Request<SitesListParams> {
        let params = SitesListParams {
            account: None,
            flist: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Changes how a site is shown, or which flist it shows.
    ///
    /// What is left out stays as it is. The address stays: publish another to move.
    ///
    /// # Parameters
    ///
    /// - `address`: The site: its prefix, or its domain.
    /// - `.public(…)`, may be left out: Everybody may read it; otherwise accounts only.
    /// - `.index(…)`, may be left out: Directories without an index file are listed.
    /// - `.spa(…)`, may be left out: A navigation to what is not there shows `/index.html`: the
    ///   page itself knows its paths.
    /// - `.webdav(…)`, may be left out: It can be read over WebDAV.
    /// - `.flist(…)`, may be left out: Another flist to show.
    /// - `.account(…)`, may be left out: Whose that is. Without it: the caller's own; `local` on
    ///   the local socket.
    ///
    /// Access: `admin`. The answer is [`Site`].
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
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn update(&self, address: impl Into<String>) -> Request<SitesUpdateParams> {
        let params = SitesUpdateParams {
            address: address.into(),
            public: None,
            index: None,
            spa: None,
            webdav: None,
            flist: None,
            account: None,
        };
        self.client.request(params)
    }

    /// Shows a flist no more at an address.
    ///
    /// The flist stays. Requests that run are finished.
    ///
    /// # Parameters
    ///
    /// - `address`: The site: its prefix, or its domain.
    ///
    /// Access: `admin`. The answer is [`Site`].
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
    pub fn unpublish(&self, address: impl Into<String>) -> Request<SitesUnpublishParams> {
        let params = SitesUnpublishParams {
            address: address.into(),
        };
        self.client.request(params)
    }
}

/// The parameters of `sites.publish`.
#[derive(Debug, Clone, Serialize)]
pub struct SitesPublishParams {
    flist: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webdav: Option<bool>,
}

impl Method for SitesPublishParams {
    const NAME: &'static str = "sites.publish";
    type Output = Site;
}

impl Request<SitesPublishParams> {
    /// Whose flist it is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// The path below which it is, not percent-encoded; `/` for all that is not the server's own.
    /// Either this or `domain`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.params.prefix = Some(prefix.into());
        self
    }

    /// The domain name that is all its own.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.params.domain = Some(domain.into());
        self
    }

    /// Everybody may read it; otherwise accounts only. `false` when left out.
    pub fn public(mut self, public: bool) -> Self {
        self.params.public = Some(public);
        self
    }

    /// Directories without an index file are listed. `false` when left out.
    pub fn index(mut self, index: bool) -> Self {
        self.params.index = Some(index);
        self
    }

    /// A navigation to what is not there shows `/index.html`: the page itself knows its paths.
    /// `false` when left out.
    pub fn spa(mut self, spa: bool) -> Self {
        self.params.spa = Some(spa);
        self
    }

    /// It can be read over WebDAV. `false` when left out.
    pub fn webdav(mut self, webdav: bool) -> Self {
        self.params.webdav = Some(webdav);
        self
    }
}

/// The parameters of `sites.list`.
#[derive(Debug, Clone, Serialize)]
pub struct SitesListParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flist: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for SitesListParams {
    const NAME: &'static str = "sites.list";
    type Output = SitePage;
}

impl Request<SitesListParams> {
    /// Only those of this account's flists.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Only those of flists of this name.
    pub fn flist(mut self, flist: impl Into<String>) -> Self {
        self.params.flist = Some(flist.into());
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Sites in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `sites.update`.
#[derive(Debug, Clone, Serialize)]
pub struct SitesUpdateParams {
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webdav: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flist: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl Method for SitesUpdateParams {
    const NAME: &'static str = "sites.update";
    type Output = Site;
}

impl Request<SitesUpdateParams> {
    /// Everybody may read it; otherwise accounts only.
    pub fn public(mut self, public: bool) -> Self {
        self.params.public = Some(public);
        self
    }

    /// Directories without an index file are listed.
    pub fn index(mut self, index: bool) -> Self {
        self.params.index = Some(index);
        self
    }

    /// A navigation to what is not there shows `/index.html`: the page itself knows its paths.
    pub fn spa(mut self, spa: bool) -> Self {
        self.params.spa = Some(spa);
        self
    }

    /// It can be read over WebDAV.
    pub fn webdav(mut self, webdav: bool) -> Self {
        self.params.webdav = Some(webdav);
        self
    }

    /// Another flist to show.
    pub fn flist(mut self, flist: impl Into<String>) -> Self {
        self.params.flist = Some(flist.into());
        self
    }

    /// Whose that is. Without it: the caller's own; `local` on the local socket.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }
}

/// The parameters of `sites.unpublish`.
#[derive(Debug, Clone, Serialize)]
pub struct SitesUnpublishParams {
    address: String,
}

impl Method for SitesUnpublishParams {
    const NAME: &'static str = "sites.unpublish";
    type Output = Site;
}
