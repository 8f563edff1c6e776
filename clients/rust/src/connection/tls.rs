//! TLS (spec/connections.md, section 11).

use std::sync::Arc;
use std::time::SystemTime;

use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::{ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::{
    Certificate, ClientConfig, Error as TlsError, RootCertStore, ServerName,
};
use tokio_rustls::TlsConnector;

use crate::endpoint::Authority;
use crate::error::Error;
use crate::values::to_hex;

/// Secures connections to one server.
pub(super) struct TlsDialer {
    connector: TlsConnector,
    name: ServerName,
}

impl TlsDialer {
    pub(super) fn new(authority: &Authority, pin: Option<[u8; 32]>) -> Result<Self, Error> {
        let host = authority.dial_host();
        let name = ServerName::try_from(host).map_err(|_| {
            Error::invalid(format!("'{host}' is no name that a certificate can have"))
        })?;
        let builder = ClientConfig::builder().with_safe_defaults();
        let config = match pin {
            Some(pin) => builder.with_custom_certificate_verifier(Arc::new(Pinned(pin))).with_no_client_auth(),
            None if matches!(name, ServerName::IpAddress(_)) => {
                return Err(Error::invalid(format!(
                    "the certificate of an address cannot be checked by its name: put the certificate's SHA-256 behind it, \
                     as tls://{authority}#sha256:HEX"
                )))
            }
            None => builder.with_root_certificates(system_authorities()?).with_no_client_auth(),
        };
        let connector = TlsConnector::from(Arc::new(config));
        Ok(Self { connector, name })
    }

    pub(super) async fn secure(&self, stream: TcpStream) -> Result<TlsStream<TcpStream>, String> {
        self.connector
            .connect(self.name.clone(), stream)
            .await
            .map_err(|e| format!("TLS failed: {e}"))
    }
}

fn system_authorities() -> Result<RootCertStore, Error> {
    let found = rustls_native_certs::load_native_certs().map_err(|e| {
        Error::invalid(format!(
            "the system's certificate authorities cannot be read: {e}"
        ))
    })?;
    let mut store = RootCertStore::empty();
    let certificates: Vec<_> = found.into_iter().map(|certificate| certificate.0).collect();
    // Authorities that this library cannot read are no use, and no reason to refuse the others.
    store.add_parsable_certificates(&certificates);
    Ok(store)
}

/// Trusts exactly one certificate, whoever signed it, whatever its names and dates are. That the
/// server has its key is checked by the signature of the handshake.
struct Pinned([u8; 32]);

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &Certificate,
        _intermediates: &[Certificate],
        _server_name: &ServerName,
        _scts: &mut dyn Iterator<Item = &[u8]>,
        _ocsp_response: &[u8],
        _now: SystemTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let digest = ring::digest::digest(&ring::digest::SHA256, &end_entity.0);
        if digest.as_ref() == self.0 {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(TlsError::General(format!(
                "its certificate is not the trusted one but sha256:{}",
                to_hex(digest.as_ref())
            )))
        }
    }
}
