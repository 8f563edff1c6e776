namespace RpcStore.Tests.Keys;

/// <summary>
/// Keys that <c>ssh-keygen</c> of OpenSSH 9.2 made for these tests, and signatures that it made with them:
/// <c>printf %s 'hello rpcstore' | ssh-keygen -Y sign -n rpcstore -O hashalg=sha256 -f KEY</c>.
/// </summary>
internal static class SampleKeys
{
    public const string Message = "hello rpcstore";

    public const string Ed25519Line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDGQYgcYzbE+kSmVAdgxyVeeLwJxZsTTzg4QGN8uZTH4 ops@example";

    public const string Ed25519Fingerprint = "SHA256:DvS/JTkMXhYlOQ7ddEdwlMwDqysFBrj9vBwVwBxPzb0";

    public const string EcdsaLine =
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBLGHG9wYRlVs/iyCiQoIp6CCRx9hpt4HLQ3zNUilTrHo51FMkOoqftnwbcndDKCj37ZeBoS0/HBRwzpfURDzq2M= ec@example";

    public const string EcdsaFingerprint = "SHA256:loQ6Mj6o2x1wf/a0s0RsGxSWTZ8CFZ4PY9OGb/Gtu4w";

    public const string Ed25519File =
        """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
        QyNTUxOQAAACAxkGIHGM2xPpEplQHYMclXni8CcWbE084OEBjfLmUx+AAAAJDmBZXn5gWV
        5wAAAAtzc2gtZWQyNTUxOQAAACAxkGIHGM2xPpEplQHYMclXni8CcWbE084OEBjfLmUx+A
        AAAECq9Chusx3mqMttZ9qm3GEW3fDjNu7wLpainYv0AuRDmTGQYgcYzbE+kSmVAdgxyVee
        LwJxZsTTzg4QGN8uZTH4AAAAC29wc0BleGFtcGxlAQI=
        -----END OPENSSH PRIVATE KEY-----
        """;

    public const string EcdsaFile =
        """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS
        1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQSxhxvcGEZVbP4sgokKCKeggkcfYabe
        By0N8zVIpU6x6OdRTJDqKn7Z8G3J3Qygo9+2XgaEtPxwUcM6X1EQ86tjAAAAqAxV8EAMVf
        BAAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBLGHG9wYRlVs/iyC
        iQoIp6CCRx9hpt4HLQ3zNUilTrHo51FMkOoqftnwbcndDKCj37ZeBoS0/HBRwzpfURDzq2
        MAAAAhAKVxjBbUNxRO3UT3eYOqY3o63SEAkzLTSVobrzV5P7HlAAAACmVjQGV4YW1wbGUB
        AgMEBQ==
        -----END OPENSSH PRIVATE KEY-----
        """;

    public const string EncryptedFile =
        """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBhfJtTr/
        k9oUIGwnnVZeqOAAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIBEYKrZceZ2XoFbe
        0Yh7q3qynznP41DtPHp87pJCYiSbAAAAkN1o/i7dDGRCgbGwd652mZsMaIjhPhzPzntFZd
        66HOaAxqVUMgXhrhdKJsJ4h1PBKyiIouNFAP1axhayw92vy6QkyZuUFfSMAnCehJN4mUB5
        ptYaZPKTxEk9TNxCxCFSwX5AZH6EfRd2AuTunGlUihHE7z4Ch0nnsGgecilfjIXf9GlsvE
        ODeS038JzNt8Wj0Q==
        -----END OPENSSH PRIVATE KEY-----
        """;

    public const string Ed25519Sha256 =
        """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgMZBiBxjNsT6RKZUB2DHJV54vAn
        FmxNPODhAY3y5lMfgAAAAIcnBjc3RvcmUAAAAAAAAABnNoYTI1NgAAAFMAAAALc3NoLWVk
        MjU1MTkAAABA+ufwHIEqQAyh2dr7m6SQBIiNTbSa16n+rwKQUSD0mxisC0y35s8e7uRcqZ
        g0+zT2nrmtG1Nm69d/+GUcoFuBAQ==
        -----END SSH SIGNATURE-----
        """;

    public const string Ed25519Sha512 =
        """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgMZBiBxjNsT6RKZUB2DHJV54vAn
        FmxNPODhAY3y5lMfgAAAAIcnBjc3RvcmUAAAAAAAAABnNoYTUxMgAAAFMAAAALc3NoLWVk
        MjU1MTkAAABAvq5zVB8Wl3uHYZJknVNDiAeJDSZiXdOoGgCatNx0XvysCfm4vGBlgwBNEx
        TgldUvfazb3SYwFZN34LkPASr1Cw==
        -----END SSH SIGNATURE-----
        """;

    public const string EcdsaSha256 =
        """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
        EEsYcb3BhGVWz+LIKJCginoIJHH2Gm3gctDfM1SKVOsejnUUyQ6ip+2fBtyd0MoKPftl4G
        hLT8cFHDOl9REPOrYwAAAAhycGNzdG9yZQAAAAAAAAAGc2hhMjU2AAAAZQAAABNlY2RzYS
        1zaGEyLW5pc3RwMjU2AAAASgAAACEAoW0Aqemb6RO2l8TSHIEWyL0bpKzyigPQ/Zp+hqxa
        RAAAAAAhAOj5uoBvei57K1K1c/i7GJ5NI+dXbFKTuwrsYU4G6H8k
        -----END SSH SIGNATURE-----
        """;

    public const string EcdsaSha512 =
        """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
        EEsYcb3BhGVWz+LIKJCginoIJHH2Gm3gctDfM1SKVOsejnUUyQ6ip+2fBtyd0MoKPftl4G
        hLT8cFHDOl9REPOrYwAAAAhycGNzdG9yZQAAAAAAAAAGc2hhNTEyAAAAZAAAABNlY2RzYS
        1zaGEyLW5pc3RwMjU2AAAASQAAACEA1ItW0EmuiyqMGQTaftP5bkurYtobHCmpFV0WPJPT
        jlgAAAAgOaY2a3rPImMbzzBoqW/2SUV+Bc78jlWGhV6w+U1dseo=
        -----END SSH SIGNATURE-----
        """;
}
