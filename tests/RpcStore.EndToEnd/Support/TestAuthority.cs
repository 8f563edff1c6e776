namespace RpcStore.EndToEnd.Support;

/// <summary>A certificate authority made with <c>openssl</c>, which signs by way of an intermediate as public ones do.</summary>
internal sealed class TestAuthority
{
    private readonly string folder;

    private TestAuthority(string folder) => this.folder = folder;

    /// <summary>What clients trust.</summary>
    public string Root => Path.Combine(folder, "root.pem");

    /// <summary>Makes an authority, with its files in a folder.</summary>
    public static async Task<TestAuthority> CreateAsync(string folder)
    {
        (await Command.ShellAsync(
            $"""
            cd {folder}
            printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > ca.ext
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -days 30 -subj /CN=TestRoot 2>&1
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout middle.key -out middle.csr -subj /CN=TestMiddle 2>&1
            openssl x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile ca.ext -out middle.pem 2>&1
            """)).ShouldSucceed();
        return new TestAuthority(folder);
    }

    /// <summary>Signs a certificate for <c>localhost</c>, and writes it with the intermediate, and its key.</summary>
    /// <param name="certificate">Where the chain goes.</param>
    /// <param name="key">Where the key goes.</param>
    /// <param name="algorithm">What kind of key, as <c>openssl req -newkey</c> takes it.</param>
    /// <returns>The SHA-256 of the certificate in DER.</returns>
    public async Task<string> IssueAsync(string certificate, string key, string algorithm = "rsa:2048")
    {
        var result = (await Command.ShellAsync(
            $"""
            cd {folder}
            printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n' > leaf.ext
            openssl req -newkey {algorithm} -nodes -keyout new.key -out leaf.csr -subj /CN=localhost >leaf.log 2>&1
            openssl x509 -req -in leaf.csr -CA middle.pem -CAkey middle.key -CAcreateserial -days 30 -extfile leaf.ext -out leaf.pem 2>>leaf.log
            openssl x509 -in leaf.pem -outform DER | sha256sum | cut -d ' ' -f 1
            cat leaf.pem middle.pem > new.pem
            mv new.key {key}
            mv new.pem {certificate}
            """)).ShouldSucceed();
        return result.Lines[0];
    }
}
