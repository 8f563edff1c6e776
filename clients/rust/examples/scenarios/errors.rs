//! Scenarios of what is refused.

use rpcstore_client::{BlobId, Client, ErrorKind};
use serde_json::json;

use super::support::{check, expect_error, Ended, Setup};

/// Errors that a client of this crate cannot provoke from outside, and why.
const NOT_PROVOKED: &[(ErrorKind, &str)] = &[
    (ErrorKind::ParseError, "the client writes JSON"),
    (ErrorKind::InvalidRequest, "the client writes requests"),
    (
        ErrorKind::RequestCancelled,
        "whoever cancels has dropped the future that would tell it",
    ),
    (
        ErrorKind::RateLimited,
        "it would keep every other client of this address out",
    ),
    (ErrorKind::Internal, "the server does not fail on demand"),
    (
        ErrorKind::Unavailable,
        "the server is not overloaded on demand",
    ),
    (
        ErrorKind::InsufficientStorage,
        "the disk is not full on demand",
    ),
];

pub async fn run(setup: &Setup) -> Ended {
    let admin = setup.admin().await?;
    let absent = BlobId::of(b"a blob that nobody ever uploads");
    let mut seen = Vec::new();

    let error = expect_error(
        admin.call("blobs.has", json!({ "ids": [5] })).await,
        ErrorKind::InvalidParams,
    )?;
    check(
        error.data.pointer.as_deref() == Some("/ids/0") && error.data.reason.is_some(),
        "invalidParams lacks its data",
    )?;
    seen.push(error.kind);

    let error = expect_error(
        admin.call("blobs.melt", json!({})).await,
        ErrorKind::MethodNotFound,
    )?;
    check(
        error.data.method.as_deref() == Some("blobs.melt"),
        "methodNotFound lacks its data",
    )?;
    seen.push(error.kind);

    let error = expect_error(admin.blobs().get(absent).await, ErrorKind::NotFound)?;
    check(
        error.data.id == Some(absent.to_string()),
        "notFound lacks its data",
    )?;
    seen.push(error.kind);
    let error = expect_error(admin.blobs().download(&[absent]).await, ErrorKind::NotFound)?;
    check(
        error.data.missing == Some(vec![absent]) && error.data.missing_count == Some(1),
        "notFound lacks what is missing",
    )?;
    let error = expect_error(admin.open(absent).await.map(|_| ()), ErrorKind::NotFound)?;
    check(
        error.data.id == Some(absent.to_string()),
        "notFound of HTTP lacks its data",
    )?;

    let error = expect_error(
        admin.blobs().put("hello").id(absent).await,
        ErrorKind::DigestMismatch,
    )?;
    check(
        error.data.id == Some(absent.to_string())
            && error.data.actual == Some(BlobId::of(b"hello")),
        "digestMismatch lacks its data",
    )?;
    seen.push(error.kind);

    let most = admin.server().info().await?.limits.max_inline_blob_bytes;
    let error = expect_error(
        admin.blobs().put(vec![0; most as usize + 1]).await,
        ErrorKind::TooLarge,
    )?;
    check(
        error.data.limit.as_deref() == Some("maxInlineBlobBytes")
            && error.data.maximum == Some(most),
        "tooLarge lacks its data",
    )?;
    seen.push(error.kind);

    seen.push(conflict(&admin).await?);
    seen.push(precondition(&admin).await?);
    seen.push(unauthenticated(setup).await?);
    if setup.key.is_some() {
        seen.push(only_admins(setup).await?);
    }

    let left: Vec<_> = ErrorKind::ALL
        .iter()
        .filter(|kind| !seen.contains(kind) && NOT_PROVOKED.iter().all(|(other, _)| other != *kind))
        .filter(|kind| setup.key.is_some() || **kind != ErrorKind::Forbidden)
        .collect();
    check(left.is_empty(), &format!("nobody looked at {left:?}"))?;
    Ok(())
}

pub async fn forbidden(setup: &Setup) -> Ended {
    if !setup.is_unix() {
        let guest = setup.plain().await?;
        let error = expect_error(guest.blobs().put("hello").await, ErrorKind::Unauthenticated)?;
        check(
            error.data.access.as_deref() == Some("admin"),
            "unauthenticated lacks its data",
        )?;
        expect_error(
            guest.blobs().has(&[BlobId::of(b"")]).await,
            ErrorKind::Unauthenticated,
        )?;
        expect_error(
            guest.open(BlobId::of(b"")).await.map(|_| ()),
            ErrorKind::Unauthenticated,
        )?;
    }

    only_admins(setup).await?;
    Ok(())
}

async fn only_admins(setup: &Setup) -> Result<ErrorKind, super::support::Failure> {
    let user = setup.user().await?;
    let error = expect_error(user.blobs().put("hello").await, ErrorKind::Forbidden)?;
    check(
        error.data.access.as_deref() == Some("admin"),
        "forbidden lacks its data",
    )?;
    expect_error(user.accounts().list().await, ErrorKind::Forbidden)?;
    user.blobs().has(&[BlobId::of(b"")]).await?;
    Ok(error.kind)
}

async fn conflict(admin: &Client) -> Result<ErrorKind, super::support::Failure> {
    let name = format!("driver-{}", std::process::id());
    admin
        .accounts()
        .create(&name, rpcstore_client::types::AccountRole::User)
        .await?;
    let outcome = admin
        .accounts()
        .create(&name, rpcstore_client::types::AccountRole::User)
        .await;
    admin.accounts().delete(&name).await?;
    Ok(expect_error(outcome, ErrorKind::Conflict)?.kind)
}

async fn precondition(admin: &Client) -> Result<ErrorKind, super::support::Failure> {
    let other = "0".repeat(64);
    let outcome = admin
        .flists()
        .upload("driver-no-such-flist")
        .if_match(other)
        .await;
    Ok(expect_error(outcome, ErrorKind::PreconditionFailed)?.kind)
}

async fn unauthenticated(setup: &Setup) -> Result<ErrorKind, super::support::Failure> {
    let guest = setup.plain().await?;
    let token = format!("rpcs_{}", "A".repeat(43));
    Ok(expect_error(guest.auth().resume(token).await, ErrorKind::Unauthenticated)?.kind)
}
