//! How far a transfer is.

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Blobs that are done.
    pub items: u64,
    /// Blobs that are known of.
    pub total_items: u64,
    /// Bytes of blobs moved so far; those that need not be moved count as moved.
    pub bytes: u64,
    /// Bytes of the blobs that are known of. A download knows of a blob's bytes when it begins to
    /// come.
    pub total_bytes: u64,
    /// Whether the totals grow no more.
    pub totals_are_final: bool,
}

type Listener = Box<dyn FnMut(Progress) + Send>;

/// Counts, and tells whoever wants to know.
#[derive(Default)]
pub(crate) struct Counter {
    now: Progress,
    listener: Option<Listener>,
}

impl Counter {
    pub(crate) fn listen(&mut self, listener: Listener) {
        self.listener = Some(listener);
    }

    pub(crate) fn expect(&mut self, items: u64, bytes: u64) {
        self.change(|now| {
            now.total_items += items;
            now.total_bytes += bytes;
        });
    }

    pub(crate) fn expect_no_more(&mut self) {
        self.change(|now| now.totals_are_final = true);
    }

    pub(crate) fn moved(&mut self, bytes: u64) {
        self.change(|now| now.bytes += bytes);
    }

    pub(crate) fn done(&mut self, items: u64) {
        self.change(|now| now.items += items);
    }

    fn change(&mut self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.now);
        if let Some(listener) = &mut self.listener {
            listener(self.now);
        }
    }
}
