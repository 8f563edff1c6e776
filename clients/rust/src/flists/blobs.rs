//! The blobs of a flist.

use std::fmt;

use crate::bulk::{BatchReader, Counter, DownloadedBlob};
use crate::error::Error;
use crate::http::Answer;

/// The blobs that a flist needs, each once, one after the other; made by
/// [`FlistDownload::blobs`](crate::FlistDownload::blobs). Dropping it ends the download.
pub struct FlistBlobs(BatchReader);

impl FlistBlobs {
    pub(super) fn new(answer: Answer, counter: Counter) -> Self {
        let mut batch = BatchReader::new(counter);
        batch.begin(answer);
        Self(batch)
    }

    /// The next blob; `None` at the end. What was not read of the one before is passed over, and
    /// verified all the same.
    ///
    /// # Errors
    ///
    /// Those of [`Downloading::next`](crate::Downloading::next).
    pub async fn next(&mut self) -> Result<Option<DownloadedBlob<'_>>, Error> {
        self.0.enter()?;
        let next = self.0.next().await?;
        self.0.leave();
        let Some((id, size)) = next else {
            self.0.counter.expect_no_more();
            return Ok(None);
        };
        self.0.counter.expect(1, size);
        self.0.accept(id, size);
        Ok(Some(self.0.blob()))
    }
}

impl fmt::Debug for FlistBlobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlistBlobs").finish_non_exhaustive()
    }
}
