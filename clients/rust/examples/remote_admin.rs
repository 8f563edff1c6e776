//! Looks after a server over a network: logs in with a key, and tells how the server is and what
//! was done last.
//!
//!     cargo run --example remote_admin -- tcp://[400::1]:9750 ~/.ssh/id_ed25519

use std::time::Duration;

use rpcstore_client::{Client, ErrorKind, SigningKey};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(endpoint), Some(key)) = (arguments.next(), arguments.next()) else {
        return Err("usage: remote_admin ENDPOINT KEY".into());
    };
    let client = Client::builder(endpoint)
        .call_timeout(Duration::from_secs(30))
        .connect()
        .await?;
    let login = client.login(&SigningKey::from_openssh_file(key)?).await?;
    println!(
        "{} ({}), until {}",
        login.account, login.role, login.expires_at
    );

    let info = client.server().info().await?;
    println!(
        "{} {} at {}",
        info.name,
        info.version,
        info.endpoints.join(", ")
    );
    match client.accounts().list().limit(100).await {
        Ok(page) => {
            for account in page.accounts {
                println!(
                    "account {} ({}), {} keys",
                    account.name,
                    account.role,
                    account.keys.len()
                );
            }
        }
        Err(e) if e.kind() == Some(ErrorKind::Forbidden) => {
            println!("only an admin sees the accounts")
        }
        Err(e) => return Err(e.into()),
    }

    if login.role.as_str() == "admin" {
        for entry in client.journal().query().limit(10).await?.entries {
            println!(
                "{} {} {} {}",
                entry.time, entry.account, entry.method, entry.outcome
            );
        }
    }

    client.logout().await?;
    Ok(())
}
