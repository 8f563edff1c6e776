//! Runs one named scenario against a server, for tests of the whole.
//!
//!     scenarios --url URL --scenario NAME [--key FILE] [--admin-key FILE] [--root FILE]
//!
//! `--key` is of an account with the role `user`, `--admin-key` of one with the role `admin`; on
//! the unix socket of the server's own user the latter is not needed. `--root` holds an authority's
//! certificate in PEM, for `tls://` without a pin.
//!
//! Ends with 0 if it passed and 1 if not; the reason is on standard error. Every scenario exists on
//! every transport.

mod bulk;
mod calls;
mod errors;
mod flists;
mod restart;
mod support;

use std::process::ExitCode;

use support::Setup;

#[tokio::main]
async fn main() -> ExitCode {
    let mut setup = Setup::default();
    let mut scenario = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let Some(value) = arguments.next() else {
            eprintln!("{flag} needs a value");
            return ExitCode::from(2);
        };
        match flag.as_str() {
            "--url" => setup.url = value,
            "--scenario" => scenario = value,
            "--key" => setup.key = Some(value),
            "--admin-key" => setup.admin_key = Some(value),
            "--root" => std::env::set_var("SSL_CERT_FILE", value),
            _ => {
                eprintln!("{flag} is not known");
                return ExitCode::from(2);
            }
        }
    }

    let outcome = match scenario.as_str() {
        "handshake" => calls::handshake(&setup).await,
        "errors" => errors::run(&setup).await,
        "has" => calls::has(&setup).await,
        "batch" => bulk::batch(&setup).await,
        "flists" => flists::run(&setup).await,
        "cancel" => bulk::cancel(&setup).await,
        "restart" => restart::run(&setup).await,
        "slow-reader" => bulk::slow_reader(&setup).await,
        "login" => calls::login(&setup).await,
        "forbidden" => errors::forbidden(&setup).await,
        other => Err(format!("there is no scenario '{other}'").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{scenario}: {e}");
            ExitCode::FAILURE
        }
    }
}
